package dev.inkstream.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.inkstream.app.role.ChildProcess;
import dev.inkstream.record.ImageRecord;
import dev.inkstream.record.Prediction;
import dev.inkstream.stream.guard.GuardedOffset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// A classifier without transactions that is killed while it classifies: no image is left out, and the images after the
/// last commit are classified twice.
@EnabledOnOs(OS.LINUX)
@ExtendWith(ClusterExtension.class)
class AtLeastOnceIT {
    private static final int FED_AT_ONCE = 300;
    private static final String[] CLASSIFIER = {
        "classifier", "--monitor-port", "off", "--guarantee", "at-least-once", "--image-size", "2x2", "--classes", "2"
    };

    /// A partition of which the group has lost its offsets, so that only the guard knows where to resume.
    private static final int LOST = 1;

    private final Cluster cluster;
    private final String images;
    private final String group;
    private final Admin admin;
    private int fed;

    AtLeastOnceIT(Cluster cluster) {
        this.cluster = cluster.withTopics();
        images = cluster.topics().images().name();
        group = cluster.topics().prefix() + "classifier-digits";
        admin = Admin.create(cluster.kafka().admin());
        cluster.serving(0);
    }

    @AfterEach
    void close() {
        admin.close();
    }

    @Test
    void aKilledClassifierRepeatsTheImagesSinceItsLastCommitAndLosesNone(@TempDir Path directory) throws Exception {
        killBetweenCommits(directory.resolve("killed.log"));
        Map<Integer, Long> committed = committed();
        Map<Integer, Long> guarded = guarded();
        Map<Integer, List<Long>> before = predictions();
        committed.forEach((partition, offset) -> {
            List<Long> offsets = images().get(partition);
            assertThat(before.get(partition))
                    .isEqualTo(offsets.subList(0, before.get(partition).size()))
                    .containsAll(below(offset, offsets));
            assertThat(guarded.get(partition)).isBetween(1L, offset);
        });

        forgetOffsetOf(LOST);
        feed();
        Map<Integer, Long> resumed = Map.of(0, committed.get(0), LOST, guarded.get(LOST));
        Map<Integer, List<Long>> all = classifyAll();
        resumed.forEach((partition, offset) -> {
            List<Long> predicted = all.get(partition);
            assertThat(predicted).as("each image").containsAll(images().get(partition));
            assertThat(repeated(predicted))
                    .as("images of partition " + partition + " that are classified twice")
                    .containsAll(from(offset, before.get(partition)))
                    .allMatch(repeated -> repeated >= offset);
        });
        assertThat(count(all)).as("some are repeated").isGreaterThan(fed);
    }

    /// Feeds images until there are predictions of images whose offsets are not committed, and kills the process there.
    private void killBetweenCommits(Path log) throws IOException, InterruptedException {
        Process classifier = ChildProcess.start(log, cluster.args(withRareCommits()));
        try {
            feed();
            awaitThat(classifier, log, () -> committed().size() == 2);
            awaitThat(classifier, log, () -> {
                feed();
                signal("STOP", classifier);
                boolean found = isBetweenCommits();
                if (!found) {
                    signal("CONT", classifier);
                }
                return found;
            });
        } finally {
            classifier.destroyForcibly().waitFor();
        }
    }

    private static String[] withRareCommits() {
        return Stream.concat(Stream.of(CLASSIFIER), Stream.of("--command-property", "commit.interval.ms=2000"))
                .toArray(String[]::new);
    }

    private static void awaitThat(Process classifier, Path log, Callable<Boolean> done) {
        await().atMost(Duration.ofMinutes(2)).until(() -> {
            assertThat(classifier.isAlive()).as(Files.readString(log)).isTrue();
            return done.call();
        });
    }

    private boolean isBetweenCommits() throws ExecutionException, InterruptedException {
        Map<Integer, Long> committed = committed();
        Map<Integer, List<Long>> images = images();
        long before = committed.entrySet().stream()
                .mapToLong(entry ->
                        below(entry.getValue(), images.get(entry.getKey())).size())
                .sum();
        return guarded().size() == 2 && count(predictions()) > before;
    }

    /// Classifies until each image has a prediction, and returns those of all time.
    private Map<Integer, List<Long>> classifyAll() {
        CommandRun run = cluster.start(CLASSIFIER);
        run.awaitThat(() -> predictions().values().stream()
                        .mapToLong(offsets -> offsets.stream().distinct().count())
                        .sum()
                >= fed);
        assertThat(run.stop().status()).isZero();
        return predictions();
    }

    private static List<Long> repeated(List<Long> offsets) {
        Set<Long> seen = new HashSet<>();
        return offsets.stream().filter(offset -> !seen.add(offset)).toList();
    }

    private static List<Long> from(long offset, List<Long> offsets) {
        return offsets.stream().filter(each -> each >= offset).toList();
    }

    private void feed() {
        cluster.send(
                true,
                IntStream.range(fed, fed + FED_AT_ONCE)
                        .mapToObj(i -> Samples.record(
                                images,
                                "image-" + i,
                                Cluster.SERDES.image(),
                                new ImageRecord(2, 2, new byte[] {(byte) i, 2, 3, 4}, Instant.EPOCH)))
                        .toList());
        fed += FED_AT_ONCE;
    }

    /// The offsets of the images of each partition.
    private Map<Integer, List<Long>> images() {
        return cluster.committed(images).stream()
                .collect(Collectors.groupingBy(
                        ConsumerRecord::partition, Collectors.mapping(ConsumerRecord::offset, Collectors.toList())));
    }

    /// The same of the images that predictions name, in the order of the predictions. An image and its predictions have
    /// the same key, and both topics two partitions.
    private Map<Integer, List<Long>> predictions() {
        return cluster.committed(cluster.topics().predictions().name(), Cluster.SERDES.prediction()).stream()
                .map(Prediction::image)
                .collect(Collectors.groupingBy(
                        Prediction.Position::partition,
                        Collectors.mapping(Prediction.Position::offset, Collectors.toList())));
    }

    /// What the group has committed of each partition.
    private Map<Integer, Long> committed() throws ExecutionException, InterruptedException {
        return admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get().entrySet().stream()
                .filter(entry -> entry.getKey().topic().equals(images))
                .collect(Collectors.toMap(
                        entry -> entry.getKey().partition(),
                        entry -> entry.getValue().offset()));
    }

    /// What the guard says of each partition.
    private Map<Integer, Long> guarded() {
        Map<Integer, Long> guarded = new TreeMap<>();
        String prefix = "offset/" + images + "/";
        cluster.records(group + "-guard").stream()
                .filter(record -> record.key().startsWith(prefix))
                .forEach(record -> guarded.put(
                        Integer.parseInt(record.key().substring(prefix.length())),
                        GuardedOffset.fromBytes(record.value()).offset()));
        return guarded;
    }

    /// As a coordinator that returns an offset of long before. The dead process would stay a member until its session
    /// ends.
    private void forgetOffsetOf(int partition) throws ExecutionException, InterruptedException {
        admin.removeMembersFromConsumerGroup(group, new RemoveMembersFromConsumerGroupOptions())
                .all()
                .get();
        admin.alterConsumerGroupOffsets(group, Map.of(new TopicPartition(images, partition), new OffsetAndMetadata(0)))
                .all()
                .get();
    }

    private static List<Long> below(long offset, List<Long> offsets) {
        return offsets.stream().filter(each -> each < offset).toList();
    }

    private static int count(Map<Integer, List<Long>> offsets) {
        return offsets.values().stream().mapToInt(List::size).sum();
    }

    private static void signal(String signal, Process process) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }
}
