package dev.inkstream.stream.runtime;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/// How often an application instance writes the results of one record. A user's settings cannot change what it sets.
public enum Guarantee {
    /// Results and offsets are committed in one transaction.
    EXACTLY_ONCE,
    /// Results are written without a transaction, and offsets are committed after them: no result is lost, and a crash
    /// may repeat those since the last commit.
    AT_LEAST_ONCE;

    /// The settings that differ from those of exactly-once, by Kafka's names.
    Map<String, Object> settings() {
        return switch (this) {
            case EXACTLY_ONCE -> Map.of();
            case AT_LEAST_ONCE -> atLeastOnce();
        };
    }

    /// Under exactly-once Kafka Streams itself keeps the readers to what is committed and the producer from repeating
    /// and reordering; here it leaves both to the user. Other roles write in transactions: without the first, weights
    /// would serve and offsets would count whose transaction was aborted.
    private static Map<String, Object> atLeastOnce() {
        Map<String, Object> settings = new HashMap<>();
        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.AT_LEAST_ONCE);
        for (String prefix : List.of(
                StreamsConfig.CONSUMER_PREFIX,
                StreamsConfig.MAIN_CONSUMER_PREFIX,
                StreamsConfig.RESTORE_CONSUMER_PREFIX,
                StreamsConfig.GLOBAL_CONSUMER_PREFIX)) {
            settings.put(prefix + ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        }
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG), true);
        return settings;
    }

    /// As on the command line.
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
