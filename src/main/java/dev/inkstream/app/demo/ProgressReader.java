package dev.inkstream.app.demo;

import dev.inkstream.app.cluster.KafkaSettings;
import dev.inkstream.app.cluster.TopicTail;
import dev.inkstream.dataset.Images;
import dev.inkstream.record.AvroSerdes;
import dev.inkstream.record.Evaluation;
import dev.inkstream.record.Prediction;
import dev.inkstream.record.SchemaRegistry;
import dev.inkstream.stream.Topics;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.serialization.Deserializer;

/// Reads what happens from the topics, as any consumer could.
///
/// @param streamed the images whose predictions are read, to know what they really show
record ProgressReader(
        KafkaSettings settings, SchemaRegistry registry, Topics topics, Images streamed, Progress progress) {
    /// First part of the keys of the streamed images.
    static final String SET = "holdout";

    void evaluations(BooleanSupplier goOn) {
        Deserializer<Evaluation> evaluation =
                new AvroSerdes(registry).evaluation().deserializer();
        new TopicTail(settings, topics.evaluations())
                .fromBeginning(
                        goOn, record -> progress.evaluated(evaluation.deserialize(record.topic(), record.value())));
    }

    void predictions(BooleanSupplier goOn) {
        Deserializer<Prediction> prediction =
                new AvroSerdes(registry).prediction().deserializer();
        new TopicTail(settings, topics.predictions())
                .fromBeginning(goOn, record -> predicted(prediction.deserialize(record.topic(), record.value())));
    }

    /// Anyone may send images to the demo's topics; only our own have labels that are known.
    private void predicted(Prediction prediction) {
        String id = prediction.imageId();
        if (id.matches(SET + "-\\d{1,9}")) {
            int image = Integer.parseInt(id.substring(SET.length() + 1));
            if (image < streamed.size()) {
                progress.predicted(prediction, image, streamed.label(image));
            }
        }
    }
}
