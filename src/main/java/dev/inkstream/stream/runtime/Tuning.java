package dev.inkstream.stream.runtime;

import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/// What the defaults of an application instance favor. The user's own settings override them.
public enum Tuning {
    /// Few commits and large batches: a result waits up to 220 ms to be read.
    THROUGHPUT(Map.of(
            // A commit is a round trip to the transaction coordinator: some a second are enough, and a consumer of
            // committed records waits no longer than this.
            StreamsConfig.COMMIT_INTERVAL_MS_CONFIG,
            200,
            StreamsConfig.mainConsumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG),
            2_000,
            StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG),
            20)),
    /// A commit as soon as a few records are processed: a result waits about 10 ms to be read.
    LATENCY(Map.of(
            StreamsConfig.COMMIT_INTERVAL_MS_CONFIG,
            10,
            // A thread looks at the commit interval between two polls. A poll without a record takes this long: a
            // record that was processed just after a commit would wait for the next by Kafka's default of 100 ms.
            StreamsConfig.POLL_MS_CONFIG,
            10,
            // A commit comes after the records of a poll are processed.
            StreamsConfig.mainConsumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG),
            500,
            StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG),
            0));

    private final Map<String, Object> settings;

    Tuning(Map<String, Object> settings) {
        this.settings = settings;
    }

    /// By Kafka's names.
    Map<String, Object> settings() {
        return settings;
    }
}
