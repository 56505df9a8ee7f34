package dev.inkstream.app;

import dev.inkstream.app.cluster.KafkaSettings;
import dev.inkstream.stream.DeadLetter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// Where the committed dead letters came from: `application topic-partition@offset`. Keeps none of their values. Not
/// thread-safe.
final class DeadLetterOrigins implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<String> origins = new ArrayList<>();

    DeadLetterOrigins(KafkaSettings kafka, String topic) {
        consumer = new KafkaConsumer<>(
                kafka.with("isolation.level", "read_committed")
                        .with("auto.offset.reset", "earliest")
                        .consumer(),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        consumer.assign(consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList());
    }

    /// All of them up to now; each call reads further, until nothing more comes for a moment.
    List<String> read() {
        for (var records = consumer.poll(POLL); !records.isEmpty(); records = consumer.poll(POLL)) {
            records.forEach(record -> origins.add(origin(record)));
        }
        return origins;
    }

    private static String origin(ConsumerRecord<byte[], byte[]> dead) {
        return header(dead, DeadLetter.APPLICATION) + " " + header(dead, DeadLetter.TOPIC) + "-"
                + header(dead, DeadLetter.PARTITION) + "@" + header(dead, DeadLetter.OFFSET);
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
