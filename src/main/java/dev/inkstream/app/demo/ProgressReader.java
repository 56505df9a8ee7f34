package dev.inkstream.app.demo;

import dev.inkstream.app.cluster.KafkaSettings;
import dev.inkstream.app.cluster.TopicReader;
import dev.inkstream.app.console.StopSignal;
import dev.inkstream.codec.AvroSerdes;
import dev.inkstream.codec.SchemaRegistry;
import dev.inkstream.record.Prediction;
import dev.inkstream.stream.Topic;
import dev.inkstream.stream.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;

/// Reads what happens from the topics, as any consumer could.
///
/// @param streamed the images whose predictions are read, to know what they really show
record ProgressReader(
        KafkaSettings settings, SchemaRegistry registry, Topics topics, Streamed streamed, Progress progress) {
    /// First part of the keys of the streamed images.
    static final String SET = "holdout";

    private static final Pattern ID = Pattern.compile(SET + "-(\\d{1,9})(?:-(\\d{1,9}))?");
    private static final Duration POLL = Duration.ofMillis(100);

    void evaluations(BooleanSupplier goOn) {
        follow(topics.evaluations(), goOn, (record, evaluation) -> progress.evaluated(evaluation));
    }

    void predictions(BooleanSupplier goOn) {
        follow(topics.predictions(), goOn, (record, prediction) -> predicted(prediction));
    }

    void liveEvaluations(BooleanSupplier goOn) {
        follow(topics.liveEvaluations(), goOn, (record, evaluation) -> progress.liveEvaluated(evaluation));
    }

    void decisions(BooleanSupplier goOn) {
        follow(topics.modelDecisions(), goOn, (record, decision) -> progress.decided(decision.kind()));
    }

    void driftEvents(BooleanSupplier goOn) {
        follow(
                topics.driftEvents(),
                goOn,
                (record, event) -> progress.drifted(new Progress.Drifted(
                        event, Instant.ofEpochMilli(record.timestamp()), streamed.labelsAfterChange())));
    }

    private <V> void follow(
            Topic<String, V> topic, BooleanSupplier goOn, BiConsumer<ConsumerRecord<byte[], byte[]>, V> reader) {
        Deserializer<V> values = topic.values().apply(new AvroSerdes(registry)).deserializer();
        try (KafkaConsumer<byte[], byte[]> consumer = new TopicReader(settings, new StopSignal()).open()) {
            List<TopicPartition> partitions = TopicReader.partitions(consumer, List.of(topic.name()));
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (goOn.getAsBoolean()) {
                consumer.poll(POLL)
                        .forEach(record -> reader.accept(record, values.deserialize(record.topic(), record.value())));
            }
        }
    }

    /// Anyone may send images to the demo's topics; only our own have labels that are known.
    private void predicted(Prediction prediction) {
        Matcher id = ID.matcher(prediction.imageId());
        if (id.matches()) {
            int image = Integer.parseInt(id.group(1));
            int pass = id.group(2) == null ? 0 : Integer.parseInt(id.group(2));
            progress.predicted(
                    prediction,
                    streamed.inPass(pass).filter(set -> image < set.size()).map(set -> new Progress.Shown(set, image)));
        }
    }
}
