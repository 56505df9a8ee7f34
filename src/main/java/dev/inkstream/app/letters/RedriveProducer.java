package dev.inkstream.app.letters;

import dev.inkstream.app.cluster.KafkaSettings;
import dev.inkstream.stream.Topics;
import dev.inkstream.stream.intake.IntakeLimits;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// Opens the producer of a redrive.
final class RedriveProducer {
    /// A killed run holds up committed readers for no longer.
    private static final int TRANSACTION_TIMEOUT_MS = 10_000;

    private RedriveProducer() {}

    /// The transactional id of all runs for these topics.
    static String transactionalId(Topics topics) {
        return topics.prefix() + "dead-letters-redrive";
    }

    /// @param maxValueBytes the longest value
    static KafkaProducer<byte[], byte[]> open(KafkaSettings settings, Topics topics, int maxValueBytes) {
        Map<String, Object> config = new HashMap<>(settings.producer());
        config.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId(topics));
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        config.putIfAbsent(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        config.putIfAbsent(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_TIMEOUT_MS);
        config.putIfAbsent(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, maxValueBytes + 2 * IntakeLimits.HEADER_BYTES);
        return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }
}
