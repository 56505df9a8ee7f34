package dev.inkstream.evaluator;

import dev.inkstream.stream.Topic;
import dev.inkstream.stream.Topics;
import dev.inkstream.stream.intake.CommittedReader;
import dev.inkstream.stream.intake.IntakeLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/// Reads a topic with a [CommittedReader]. Each read opens a consumer and closes it.
public final class KafkaPastRecords implements PastRecords {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Map<String, Object> config;
    private final TopicPartition partition;
    private final CommittedReader reader = new CommittedReader(PATIENCE, System::nanoTime);

    /// @param clientConfig how to reach the cluster: a consumer's settings, by Kafka's names
    public KafkaPastRecords(Map<String, Object> clientConfig, Topic<?, ?> topic) {
        this.config = CommittedReader.toEnds(clientConfig);
        this.partition = new TopicPartition(topic.name(), 0);
    }

    @Override
    public Optional<ConsumerRecord<byte[], byte[]>> at(long offset) {
        List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
        List<TopicPartition> one = List.of(partition);
        try (KafkaConsumer<byte[], byte[]> consumer = open()) {
            // A topic that was created again may be shorter, and the reader would wait for the offset.
            if (offset >= Objects.requireNonNull(consumer.endOffsets(one).get(partition))) {
                return Optional.empty();
            }
            consumer.seek(partition, offset);
            reader.read(consumer, Map.of(partition, offset + 1), found::add);
        }
        return found.stream().filter(record -> record.offset() == offset).findFirst();
    }

    @Override
    public void all(Consumer<ConsumerRecord<byte[], byte[]>> sink) {
        try (KafkaConsumer<byte[], byte[]> consumer = open()) {
            List<TopicPartition> one = List.of(partition);
            consumer.seekToBeginning(one);
            reader.read(consumer, Objects.requireNonNull(consumer.endOffsets(one)), sink);
        }
    }

    private KafkaConsumer<byte[], byte[]> open() {
        KafkaConsumer<byte[], byte[]> consumer =
                CommittedReader.open(config, "earliest", IntakeLimits.of(Topics.MAX_WEIGHTS_BYTES));
        consumer.assign(List.of(partition));
        return consumer;
    }
}
