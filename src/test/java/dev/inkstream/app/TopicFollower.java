package dev.inkstream.app;

import dev.inkstream.app.cluster.KafkaSettings;
import dev.inkstream.stream.intake.BoundedConsumer;
import dev.inkstream.stream.intake.IntakeLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/// Follows the committed records of a topic, and keeps a string of each that matters. Records may be larger than this
/// process's heap. Not thread-safe.
final class TopicFollower implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);

    private final BoundedConsumer consumer;
    private final Function<ConsumerRecord<byte[], byte[]>, Optional<String>> kept;
    private final List<String> found = new ArrayList<>();

    /// @param kept what is kept of a record, if anything
    TopicFollower(KafkaSettings kafka, String topic, Function<ConsumerRecord<byte[], byte[]>, Optional<String>> kept) {
        this.kept = kept;
        Map<String, Object> config = kafka.with("isolation.level", "read_committed")
                .with("auto.offset.reset", "earliest")
                .consumer();
        consumer = BoundedConsumer.of(config, IntakeLimits.usual());
        consumer.assign(consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList());
    }

    /// All that was found up to now; each call reads further, until nothing more comes for a moment.
    List<String> read() {
        for (var records = consumer.poll(POLL); !records.isEmpty(); records = consumer.poll(POLL)) {
            records.forEach(record -> kept.apply(record).ifPresent(found::add));
        }
        return found;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
