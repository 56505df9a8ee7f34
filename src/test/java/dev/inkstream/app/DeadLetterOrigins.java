package dev.inkstream.app;

import dev.inkstream.app.cluster.KafkaSettings;
import dev.inkstream.stream.intake.DeadLetterHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// Where dead letters came from: `application topic-partition@offset`.
final class DeadLetterOrigins {
    private DeadLetterOrigins() {}

    static TopicFollower follow(KafkaSettings kafka, String topic) {
        return new TopicFollower(kafka, topic, record -> Optional.of(origin(record)));
    }

    private static String origin(ConsumerRecord<byte[], byte[]> dead) {
        return header(dead, DeadLetterHeaders.APPLICATION) + " " + header(dead, DeadLetterHeaders.TOPIC) + "-"
                + header(dead, DeadLetterHeaders.PARTITION) + "@" + header(dead, DeadLetterHeaders.OFFSET);
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
