package dev.inkstream.app.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.inkstream.app.cluster.KafkaSettings;
import dev.inkstream.app.role.CommittedRecords;
import dev.inkstream.stream.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/// A broker that is killed while transactions are committed ends all of them when it returns. With Kafka's own start it
/// takes the partitions of those for deleted that it was about to end: such a transaction stays open, nobody reads what
/// is committed behind it, and the producer's next transaction decides about it (docs/adr/0014).
final class BrokerKillIT {
    private static final String TOPIC = "t";
    private static final int PARTITIONS = 8;

    /// So many that some are about to be ended at any time.
    private static final int PRODUCERS = 8;

    private static final int COMMITS_BEFORE = 200;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final AtomicInteger commits = new AtomicInteger();
    private final AtomicBoolean stopped = new AtomicBoolean();

    @Test
    void transactionsEndThoughTheBrokerIsKilled(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path directory)
            throws Exception {
        try (Stack stack = new Stack(
                        directory, new Stack.Setup(Rig.freePort(), new Topics("k."), Optional.empty(), false));
                Admin admin = Admin.create(stack.kafka().admin());
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            admin.createTopics(List.of(new NewTopic(TOPIC, PARTITIONS, (short) 1)))
                    .all()
                    .get();
            List<Future<Integer>> committed = IntStream.range(0, PRODUCERS)
                    .mapToObj(i -> threads.submit(() -> commitUntilStopped(stack.kafka(), "producer-" + i)))
                    .toList();
            awaitCommits();
            stack.member(Target.BROKER).kill();
            stack.startBroker();
            awaitCommits();
            stopped.set(true);

            List<String> expected = new ArrayList<>();
            for (int i = 0; i < PRODUCERS; i++) {
                for (int n = 0; n < committed.get(i).get() * PARTITIONS; n++) {
                    expected.add("producer-" + i + " " + n);
                }
            }
            // Were it twice, it would have led the partitions that it led when it was killed.
            assertThat(stack.member(Target.BROKER).printed())
                    .as("the broker is elected once")
                    .containsOnlyOnce("Elected as the txn coordinator");
            await("all transactions end").atMost(PATIENCE).until(() -> openTransactions(admin) == 0);
            assertThat(Finding.sameSet("records", texts(stack.kafka()), expected))
                    .matches(finding -> !finding.isDifferent());
        }
    }

    private void awaitCommits() {
        int before = commits.get();
        await("commits").atMost(PATIENCE).until(() -> commits.get() > before + COMMITS_BEFORE);
    }

    /// @return how many transactions it has committed
    private int commitUntilStopped(KafkaSettings kafka, String name) {
        int count = 0;
        try (KafkaProducer<byte[], byte[]> producer = producer(kafka, name)) {
            producer.initTransactions();
            while (!stopped.get()) {
                producer.beginTransaction();
                for (int i = 0; i < PARTITIONS; i++) {
                    byte[] text = (name + " " + (count * PARTITIONS + i)).getBytes(StandardCharsets.UTF_8);
                    producer.send(new ProducerRecord<>(TOPIC, i, null, text));
                }
                producer.commitTransaction();
                count++;
                commits.incrementAndGet();
            }
        }
        return count;
    }

    private static List<String> texts(KafkaSettings kafka) {
        return CommittedRecords.of(kafka, TOPIC).stream()
                .map(record -> new String(record.value(), StandardCharsets.UTF_8))
                .toList();
    }

    private static long openTransactions(Admin admin) throws Exception {
        List<TopicPartition> partitions = IntStream.range(0, PARTITIONS)
                .mapToObj(i -> new TopicPartition(TOPIC, i))
                .toList();
        return admin.describeProducers(partitions).all().get().values().stream()
                .flatMap(state -> state.activeProducers().stream())
                .filter(producer -> producer.currentTransactionStartOffset().isPresent())
                .count();
    }

    private static KafkaProducer<byte[], byte[]> producer(KafkaSettings kafka, String name) {
        Map<String, Object> config = new HashMap<>(kafka.producer());
        config.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, name);
        config.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }
}
