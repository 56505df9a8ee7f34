package dev.inkstream.app.bench;

import dev.inkstream.app.cluster.KafkaSettings;
import dev.inkstream.codec.AvroSerdes;
import dev.inkstream.codec.SchemaRegistry;
import dev.inkstream.record.Label;
import dev.inkstream.record.ModelVersion;
import dev.inkstream.record.Prediction;
import dev.inkstream.record.Sha256;
import dev.inkstream.stream.Topics;
import java.time.Instant;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;

/// Predictions and their labels for the live join, one of each in turns, as if a thousand images a second had been
/// captured until now. Of 20 predictions one is wrong.
///
/// @param model that is said to have made the predictions
/// @param classes that images have
public record ServedRecords(Topics topics, String model, int classes, Instant end) {
    private static final int WRONG_EVERY = 20;

    /// Writes so many of each; returns when all are on the broker.
    public void write(KafkaSettings settings, SchemaRegistry registry, long count) {
        AvroSerdes serdes = new AvroSerdes(registry);
        try (KafkaProducer<String, Prediction> predictions =
                        producer(settings, serdes.prediction().serializer());
                KafkaProducer<String, Label> labels =
                        producer(settings, serdes.label().serializer())) {
            for (long i = 0; i < count; i++) {
                String id = "served-" + i;
                Instant at = end.minusMillis(count - i);
                int label = (int) (i % classes);
                var _ = predictions.send(new ProducerRecord<>(
                        topics.predictions().name(), null, at.toEpochMilli(), id, prediction(id, i, at)));
                var _ = labels.send(new ProducerRecord<>(
                        topics.labels().name(), null, at.toEpochMilli(), id, new Label(label, at)));
            }
        }
    }

    private Prediction prediction(String id, long number, Instant at) {
        int label = (int) ((number + (number % WRONG_EVERY == 0 ? 1 : 0)) % classes);
        float[] scores = new float[classes];
        scores[label] = 1;
        return new Prediction(
                id,
                label,
                scores,
                new ModelVersion(model, 1, Sha256.of(new byte[0])),
                new Prediction.Position(0, number),
                at);
    }

    private static <V> KafkaProducer<String, V> producer(KafkaSettings settings, Serializer<V> values) {
        // As the roles' producers: nothing is sent behind a batch without an answer, which a new topic may refuse.
        return new KafkaProducer<>(
                settings.with("producer." + ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1)
                        .producer(),
                new StringSerializer(),
                values);
    }
}
