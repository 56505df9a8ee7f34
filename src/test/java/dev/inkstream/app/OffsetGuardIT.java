package dev.inkstream.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.inkstream.record.ImageRecord;
import dev.inkstream.stream.guard.Guard;
import dev.inkstream.stream.guard.GuardedOffset;
import dev.inkstream.stream.guard.OffsetSource;
import dev.inkstream.stream.intake.BoundedConsumer;
import dev.inkstream.stream.intake.IntakeLimits;
import dev.inkstream.stream.intake.Outstanding;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// A group coordinator that returns old offsets, or none: a classifier resumes where its last transaction ended.
@ExtendWith(ClusterExtension.class)
class OffsetGuardIT {
    private static final int IMAGES = 40;
    private static final List<String> SETTINGS = List.of("--image-size", "2x2", "--classes", "2");

    private final Cluster cluster;
    private final String group;
    private final Admin admin;

    OffsetGuardIT(Cluster cluster) {
        this.cluster = cluster.withTopics();
        group = cluster.topics().prefix() + "classifier-digits";
        admin = Admin.create(cluster.kafka().admin());
        cluster.serving(0);
    }

    @AfterEach
    void close() {
        admin.close();
    }

    @Test
    void nothingIsRepeatedIfTheGroupIsBehind() throws Exception {
        feed(0);
        classifyTo(IMAGES);
        setBack(0);

        feed(IMAGES);
        classifyTo(2 * IMAGES);

        assertThat(outcomes()).isEqualTo(each(2 * IMAGES, 1));
    }

    @Test
    void nothingIsRepeatedIfTheGroupHasNoOffsets() throws Exception {
        feed(0);
        classifyTo(IMAGES);
        admin.deleteConsumerGroups(List.of(group)).all().get();

        feed(IMAGES);
        classifyTo(2 * IMAGES);

        assertThat(outcomes()).isEqualTo(each(2 * IMAGES, 1));
    }

    /// It waits for a transaction that does not end, as a coordinator does that has lost the end of one.
    @Test
    void aCoordinatorThatRefusesTheOffsetsDoesNotStopTheRole() throws Exception {
        feed(0);
        classifyTo(IMAGES);

        feed(IMAGES);
        try (var pending = pendingOffsets()) {
            classifyTo(2 * IMAGES);
            pending.abortTransaction();
        }

        assertThat(outcomes()).isEqualTo(each(2 * IMAGES, 1));
    }

    /// The negative control of the tests above too: without the guard all is classified again.
    @Test
    void offsetsResetOnPurposeAreAcceptedOnce() throws Exception {
        feed(0);
        classifyTo(IMAGES);
        setBack(0);

        classifyTo(2 * IMAGES, "--accept-offsets");
        assertThat(outcomes()).isEqualTo(each(IMAGES, 2));

        setBack(0);
        feed(IMAGES);
        classifyTo(3 * IMAGES);
        assertThat(total()).isEqualTo(3 * IMAGES);
    }

    @Test
    void aTopicThatWasCreatedAgainIsReadFromItsStart() throws Exception {
        feed(0);
        classifyTo(IMAGES);
        admin.deleteTopics(List.of(cluster.topics().images().name())).all().get();
        cluster.withTopics();

        feed(0);
        feed(IMAGES);
        classifyTo(3 * IMAGES);

        Map<String, Integer> expected = each(2 * IMAGES, 1);
        expected.replaceAll((id, one) -> Integer.parseInt(id) < IMAGES ? 2 : 1);
        assertThat(outcomes()).isEqualTo(expected);
    }

    @Test
    void aNewModelMayBeginWithTheImagesThatComeNow() throws Exception {
        feed(0);
        CommandRun waiting = classifier("--from", "latest");
        waiting.awaitThat(() -> waiting.log().stream().anyMatch(line -> line.contains("works on")));
        // Killed or stopped before the first commit: what came since the first start is not skipped.
        assertThat(waiting.stop().status()).isZero();
        feed(IMAGES);
        classifyTo(IMAGES, "--from", "latest");

        assertThat(outcomes().keySet())
                .allMatch(id -> Integer.parseInt(id) >= IMAGES)
                .hasSize(IMAGES);
    }

    @Test
    void aGuardTopicThatIsDeletedEndsTheRole() throws Exception {
        feed(0);
        CommandRun run = classifier("--command-property", "producer.max.block.ms=5000");
        run.awaitThat(() -> total() >= IMAGES);
        admin.deleteTopics(List.of(group + "-guard")).all().get();
        feed(IMAGES);

        assertThat(run.ended().status()).isEqualTo(1);
        assertThat(run.log().stream().filter(line -> line.startsWith("ERROR ")))
                .singleElement()
                .asString()
                .contains("a topic is missing at ", "(there is no topic " + group + "-guard)");
        assertThat(outcomes()).isEqualTo(each(IMAGES, 1));

        classifyTo(2 * IMAGES);
        assertThat(outcomes()).isEqualTo(each(2 * IMAGES, 1));
    }

    /// A partition may move between the threads of a process: its second consumer does not trust the group again.
    @Test
    void offsetsResetOnPurposeAreAcceptedOnceByAllThreads() throws Exception {
        feed(0);
        classifyTo(IMAGES);
        setBack(0);
        Set<TopicPartition> partitions = offsets(0).keySet();

        try (Guard guard = guard();
                Consumer<byte[], byte[]> first = consumer(guard);
                Consumer<byte[], byte[]> second = consumer(guard)) {
            assertThat(first.committed(partitions)).isEqualTo(offsets(0));
            partitions.forEach(partition -> commitToGuard(partition, 7));
            assertThat(second.committed(partitions).values())
                    .extracting(OffsetAndMetadata::offset)
                    .containsExactly(7L, 7L);
        }
    }

    /// The guard may be older than the group: the program before the guard ran, or an operator moved the group forward.
    @Test
    void withAcceptOffsetsTheGuardDoesNotAnswerForTheCoordinator() throws Exception {
        feed(0);
        classifyTo(IMAGES);
        Map<TopicPartition, OffsetAndMetadata> ahead = offsets(IMAGES);

        try (var pending = pendingOffsets();
                Guard guard = guard();
                Consumer<byte[], byte[]> consumer = consumer(guard)) {
            assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> consumer.committed(ahead.keySet()));
            pending.abortTransaction();
            admin.alterConsumerGroupOffsets(group, ahead).all().get();
            assertThat(consumer.committed(ahead.keySet())).isEqualTo(ahead);
        }
    }

    /// A transaction with offsets of the group that has not ended: until then the coordinator refuses them.
    private KafkaProducer<byte[], byte[]> pendingOffsets() throws ExecutionException, InterruptedException {
        Map<String, Object> settings = new HashMap<>(cluster.kafka().producer());
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "pending");
        var pending = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        pending.initTransactions();
        pending.beginTransaction();
        pending.sendOffsetsToTransaction(offsets(0), outsideTheGroup());
        return pending;
    }

    private Guard guard() {
        return new Guard(
                new StreamsConfig(Map.of(
                        StreamsConfig.APPLICATION_ID_CONFIG, group,
                        StreamsConfig.CLIENT_ID_CONFIG, group,
                        StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, cluster.address())),
                Optional.empty(),
                OffsetSource.GROUP);
    }

    private Consumer<byte[], byte[]> consumer(Guard guard) {
        Map<String, Object> settings = new HashMap<>(cluster.kafka().consumer());
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 5_000);
        settings.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, 4_000);
        return guard.consumer(
                settings, new BoundedConsumer.Memory(IntakeLimits.of(1_000), new Outstanding(1_000_000), false));
    }

    private void commitToGuard(TopicPartition partition, long offset) {
        cluster.send(
                true,
                List.of(new ProducerRecord<>(
                        group + "-guard",
                        0,
                        "offset/" + partition.topic() + "/" + partition.partition(),
                        new GuardedOffset(Uuid.ZERO_UUID, offset, "").toBytes())));
    }

    private int total() {
        return outcomes().values().stream().mapToInt(Integer::intValue).sum();
    }

    private CommandRun classifier(String... more) {
        return cluster.start(
                Stream.of(Stream.of("classifier", "--monitor-port", "off"), SETTINGS.stream(), Stream.of(more))
                        .flatMap(s -> s)
                        .toArray(String[]::new));
    }

    /// Runs a classifier until there are so many predictions and dead letters.
    private void classifyTo(int count, String... more) {
        CommandRun run = classifier(more);
        run.awaitThat(() -> total() >= count);
        assertThat(run.stop().status()).isZero();
    }

    private void setBack(long offset) throws ExecutionException, InterruptedException {
        admin.alterConsumerGroupOffsets(group, offsets(offset)).all().get();
    }

    /// The same offset of each partition that the group has one of.
    private Map<TopicPartition, OffsetAndMetadata> offsets(long offset)
            throws ExecutionException, InterruptedException {
        Set<TopicPartition> partitions = admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get()
                .keySet();
        assertThat(partitions).hasSize(2);
        return partitions.stream().collect(Collectors.toMap(p -> p, p -> new OffsetAndMetadata(offset)));
    }

    /// What an operator's tool has: the coordinator does not compare it with the members.
    private ConsumerGroupMetadata outsideTheGroup() {
        Map<String, Object> settings = new HashMap<>(cluster.kafka().consumer());
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            return consumer.groupMetadata();
        }
    }

    /// Every fifth cannot be used.
    private void feed(int first) {
        cluster.send(
                true,
                IntStream.range(first, first + IMAGES)
                        .mapToObj(i -> i % 5 == 0
                                ? new ProducerRecord<>(cluster.topics().images().name(), "" + i, new byte[] {1, 2, 3})
                                : Samples.record(
                                        cluster.topics().images().name(),
                                        "" + i,
                                        Cluster.SERDES.image(),
                                        new ImageRecord(2, 2, new byte[] {(byte) i, 2, 3, 4}, Instant.EPOCH)))
                        .toList());
    }

    /// How many predictions and dead letters there are of each image.
    private Map<String, Integer> outcomes() {
        Map<String, Integer> outcomes = new TreeMap<>();
        Stream.of(
                        cluster.topics().predictions().name(),
                        cluster.topics().deadLetters().name())
                .flatMap(topic -> cluster.committed(topic).stream())
                .forEach(record -> outcomes.merge(new String(record.key(), StandardCharsets.UTF_8), 1, Integer::sum));
        return outcomes;
    }

    private static Map<String, Integer> each(int images, int count) {
        return IntStream.range(0, images)
                .boxed()
                .collect(Collectors.toMap(String::valueOf, i -> count, (a, b) -> a, TreeMap::new));
    }
}
