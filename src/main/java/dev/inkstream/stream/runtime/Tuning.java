package dev.inkstream.stream.runtime;

import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/// What the defaults of an application instance favor. The user's own settings override them.
public enum Tuning {
    /// Few commits and large batches: a result waits up to 220 ms to be read.
    THROUGHPUT,
    /// A commit as soon as a few records are processed: a result waits about 10 ms for one.
    LATENCY;

    private static final int COMMIT_MS = 200;
    private static final String MAX_POLL_RECORDS =
            StreamsConfig.mainConsumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG);
    private static final String LINGER_MS = StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG);

    /// By Kafka's names.
    Map<String, Object> settings(Guarantee guarantee) {
        return switch (this) {
            case THROUGHPUT ->
                Map.of(
                        // A commit is a round trip to the transaction coordinator: some a second are enough, and a
                        // consumer of committed records waits no longer than this.
                        StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, COMMIT_MS, MAX_POLL_RECORDS, 2_000, LINGER_MS, 20);
            case LATENCY ->
                Map.of(
                        // A thread looks at the commit interval between two polls, and an empty poll takes as long as
                        // poll.ms: a record processed just after a commit would wait Kafka's default of 100 ms. A poll
                        // of many records puts the commit off. Without transactions a result can be read before its
                        // commit, and a thread that commits does nothing else.
                        StreamsConfig.COMMIT_INTERVAL_MS_CONFIG,
                        guarantee == Guarantee.EXACTLY_ONCE ? 10 : COMMIT_MS,
                        StreamsConfig.POLL_MS_CONFIG,
                        10,
                        MAX_POLL_RECORDS,
                        500,
                        LINGER_MS,
                        0);
        };
    }
}
