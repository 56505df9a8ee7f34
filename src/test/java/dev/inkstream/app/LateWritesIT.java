package dev.inkstream.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.inkstream.stream.runtime.StreamsRunner;
import dev.inkstream.stream.runtime.StreamsSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Why the trainer puts its checkpoint into the store while it processes a record: what a store writes only when it is
/// committed comes after the transaction that has the offsets, and is lost. The control puts at once and loses nothing.
@ExtendWith(ClusterExtension.class)
class LateWritesIT {
    private static final int COMMITS = 3;

    private final Cluster cluster;

    LateWritesIT(Cluster cluster) {
        this.cluster = cluster.withTopics();
    }

    @ParameterizedTest
    @CsvSource({"false, 3", "true, 0"})
    void whatIsWrittenWithTheCommitIsLost(boolean late, long kept) throws Exception {
        String input = cluster.topics().labeledImages().name();
        AtomicLong counted = new AtomicLong(-1);
        try (Admin admin = Admin.create(cluster.kafka().admin());
                StreamsRunner runner = runner(late, counted)) {
            runner.start();
            for (int i = 1; i <= COMMITS; i++) {
                cluster.send(true, List.of(new ProducerRecord<>(input, "any", new byte[1])));
                // Each record has an offset, and the marker of its transaction.
                awaitCommitted(admin, 2L * i - 1);
            }
            assertThat(counted).hasValue(COMMITS);
            assertThat(cluster.committed(changelog())).hasSize((int) kept);
        }
        counted.set(-1);
        try (StreamsRunner runner = runner(late, counted)) {
            runner.start();
            await().atMost(Duration.ofMinutes(3)).until(() -> counted.get() >= 0);
        }
        assertThat(counted).as("restored after a clean stop").hasValue(kept);
    }

    private void awaitCommitted(Admin admin, long atLeast) {
        TopicPartition partition =
                new TopicPartition(cluster.topics().labeledImages().name(), 0);
        await().atMost(Duration.ofMinutes(3)).pollDelay(Duration.ZERO).until(() -> {
            OffsetAndMetadata committed = admin.listConsumerGroupOffsets(application())
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .get(partition);
            return committed != null && committed.offset() >= atLeast;
        });
    }

    private StreamsRunner runner(boolean late, AtomicLong counted) {
        Map<String, Object> client =
                cluster.kafka().with("commit.interval.ms", 50).streams();
        return new StreamsRunner(
                topology(late, counted), new StreamsSettings(application(), Optional.empty(), 1, client));
    }

    private String application() {
        return cluster.topics().prefix() + "counter";
    }

    private String changelog() {
        return application() + "-count-changelog";
    }

    private Topology topology(boolean late, AtomicLong counted) {
        return new Topology()
                .addSource(
                        AutoOffsetReset.earliest(),
                        "read",
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer(),
                        cluster.topics().labeledImages().name())
                .addProcessor("count", () -> new Counter(counted), "read")
                .addStateStore(new CountStoreBuilder(late), "count");
    }

    /// Counts records in its store, and forwards the count.
    private static final class Counter implements Processor<byte[], byte[], Void, Void> {
        private final AtomicLong counted;
        private CountStore store;

        Counter(AtomicLong counted) {
            this.counted = counted;
        }

        @Override
        public void init(ProcessorContext<Void, Void> context) {
            store = context.getStateStore("count");
            counted.set(store.get());
        }

        @Override
        public void process(Record<byte[], byte[]> record) {
            store.put(store.get() + 1);
            counted.set(store.get());
        }
    }
}
