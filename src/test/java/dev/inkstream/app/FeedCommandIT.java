package dev.inkstream.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.inkstream.app.cluster.LateRegistry;
import dev.inkstream.dataset.Shuffle;
import dev.inkstream.record.Label;
import dev.inkstream.record.LabeledImage;
import dev.inkstream.stream.TopicSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(ClusterExtension.class)
class FeedCommandIT {
    @TempDir
    private Path directory;

    @Test
    void labelsGoInShuffledOrderAndNowhereElse(Cluster cluster) throws Exception {
        cluster.withTopics();

        CommandRun run = cluster.run("feed", "labels", "--dataset", TinyDataset.in(directory), "--epochs", "2");

        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isZero();
        assertThat(run.out())
                .matches("sent 60 labeled images to "
                        + cluster.topics().labeledImages().name() + " in \\d+\\.\\d s \\([\\d,]+/s\\)\n");
        List<String> expected = new ArrayList<>();
        for (int epoch = 0; epoch < 2; epoch++) {
            IntStream.of(Shuffle.order(TinyDataset.TRAINING, 1, epoch)).forEach(i -> expected.add("training-" + i));
        }
        List<ConsumerRecord<String, byte[]>> records =
                cluster.records(cluster.topics().labeledImages().name());
        assertThat(records).extracting(ConsumerRecord::key).isEqualTo(expected);
        LabeledImage first = Cluster.SERDES
                .labeledImage()
                .deserializer()
                .deserialize("", records.getFirst().value());
        int i = Shuffle.order(TinyDataset.TRAINING, 1, 0)[0];
        assertThat(first.label()).isEqualTo(i % 10);
        assertThat(first.image().pixels().bytes()).hasSize(784).containsOnly(i);
        for (TopicSpec other : cluster.topics().specs(2)) {
            if (!other.name().equals(cluster.topics().labeledImages().name())) {
                assertThat(cluster.records(other.name())).as(other.name()).isEmpty();
            }
        }
    }

    @Test
    void imagesAndHoldoutGoInTheirOwnOrder(Cluster cluster) throws Exception {
        cluster.withTopics();
        String data = TinyDataset.in(directory);

        assertThat(cluster.run("feed", "holdout", "--dataset", data).status()).isZero();
        assertThat(cluster.run("feed", "images", "--dataset", data, "--count", "5", "--rate", "1000")
                        .out())
                .startsWith("sent 5 images to ");

        assertThat(cluster.records(cluster.topics().holdoutImages().name()))
                .extracting(ConsumerRecord::key)
                .isEqualTo(keys("holdout", TinyDataset.HOLDOUT));
        assertThat(cluster.records(cluster.topics().images().name()))
                .extracting(ConsumerRecord::key)
                .containsExactlyInAnyOrderElementsOf(keys("holdout", 5));
    }

    @Test
    void startsBesideItsSchemaRegistry(Cluster cluster) throws Exception {
        cluster.withTopics();
        try (LateRegistry registry = new LateRegistry()) {
            CommandRun run = cluster.start(
                    "feed",
                    "images",
                    "--dataset",
                    TinyDataset.in(directory),
                    "--count",
                    "3",
                    "--command-property",
                    "schema.registry.url=" + registry.url());
            run.awaitThat(() -> run.err().contains("schema registry " + registry.url() + " does not answer"));
            registry.start();

            assertThat(run.status()).isZero();
            assertThat(run.out()).startsWith("sent 3 images to ");
        }
        assertThat(cluster.records(cluster.topics().images().name()))
                .extracting(ConsumerRecord::value)
                .hasSize(3)
                .allSatisfy(value -> assertThat(value).startsWith(0, 0, 0, 0, LateRegistry.ID));
    }

    @Test
    void aStopEndsTheWaitForItsSchemaRegistry(Cluster cluster) throws Exception {
        cluster.withTopics();
        try (LateRegistry registry = new LateRegistry()) {
            CommandRun run = cluster.start(
                    "feed", "labels", "--command-property", "schema.registry.url=" + registry.url(), "--wait", "1h");
            run.awaitThat(() -> run.err().contains("schema registry " + registry.url() + " does not answer"));

            assertThat(run.stop().status()).isEqualTo(130);
            assertThat(run.out()).isEmpty();
        }
    }

    @Test
    void labelsAloneFollowTheirImages(Cluster cluster) throws Exception {
        cluster.withTopics();
        String data = TinyDataset.in(directory);
        String[] same = {"--dataset", data, "--epochs", "2", "--count", "20", "--rate", "500"};

        long start = System.currentTimeMillis();
        CommandRun labels = cluster.start(with(same, "feed", "labels", "--alone", "--delay", "300ms"));
        CommandRun images = cluster.start(with(same, "feed", "images"));

        assertThat(images.status()).isZero();
        assertThat(labels.status()).isZero();
        assertThat(labels.out())
                .startsWith("sent 20 labels to " + cluster.topics().labels().name() + " in ");
        List<String> expected = new ArrayList<>(keys("holdout", TinyDataset.HOLDOUT));
        keys("holdout", 20 - TinyDataset.HOLDOUT).forEach(key -> expected.add(key + "-1"));
        assertThat(cluster.records(cluster.topics().images().name()))
                .extracting(ConsumerRecord::key)
                .containsExactlyInAnyOrderElementsOf(expected);
        assertThat(cluster.records(cluster.topics().labels().name()))
                .allSatisfy(record -> {
                    int i = Integer.parseInt(record.key().split("-")[1]);
                    Label label = Cluster.SERDES.label().deserializer().deserialize("", record.value());
                    assertThat(label.label()).isEqualTo(i % 10);
                    assertThat(record.timestamp())
                            .isGreaterThanOrEqualTo(start + 300 + 2L * expected.indexOf(record.key()));
                })
                .extracting(ConsumerRecord::key)
                .containsExactlyInAnyOrderElementsOf(expected);
        assertThat(cluster.records(cluster.topics().labeledImages().name())).isEmpty();
    }

    @Test
    void imagesAndLabelsOfANamedRunHaveIdsOfTheirOwn(Cluster cluster) throws Exception {
        cluster.withTopics();
        String[] same = {"--run", "nov-24", "--count", "5", "--dataset", TinyDataset.in(directory)};

        assertThat(cluster.run(with(same, "feed", "images")).status()).isZero();
        assertThat(cluster.run(with(same, "feed", "labels", "--alone")).status())
                .isZero();

        for (String topic : List.of(
                cluster.topics().images().name(), cluster.topics().labels().name())) {
            assertThat(cluster.records(topic))
                    .extracting(ConsumerRecord::key)
                    .containsExactlyInAnyOrderElementsOf(keys("nov-24-holdout", 5));
        }
    }

    @Test
    void labelsOfTheTrainingImagesComeAtOnceWithoutDelay(Cluster cluster) throws Exception {
        cluster.withTopics();
        CommandRun run =
                cluster.run("feed", "labels", "--alone", "--from", "training", "--dataset", TinyDataset.in(directory));
        assertThat(run.status()).isZero();
        assertThat(cluster.records(cluster.topics().labels().name()))
                .extracting(ConsumerRecord::key)
                .containsExactlyInAnyOrderElementsOf(keys("training", TinyDataset.TRAINING));
    }

    @Test
    void aLongDelayDoesNotDelayTheStop(Cluster cluster) throws Exception {
        cluster.withTopics();
        CommandRun run =
                cluster.start("feed", "labels", "--alone", "--delay", "9h", "--dataset", TinyDataset.in(directory, 2));

        // It says so once it has reached the broker and read the images.
        run.awaitThat(() -> run.err().contains("These images need classifier"));
        assertThat(run.stop().status()).isZero();
        assertThat(run.out()).startsWith("stopped: sent 0 labels to ");
    }

    @Test
    void imagesOfALaterPassHaveKeysOfTheirOwn(Cluster cluster) throws Exception {
        cluster.withTopics();

        String data = TinyDataset.in(directory);
        int count = 2 * TinyDataset.HOLDOUT + 1;
        assertThat(cluster.run("feed", "images", "--dataset", data, "--epochs", "3", "--count", "" + count)
                        .status())
                .isZero();

        List<String> expected = new ArrayList<>(keys("holdout", TinyDataset.HOLDOUT));
        keys("holdout", TinyDataset.HOLDOUT).forEach(key -> expected.add(key + "-1"));
        expected.add("holdout-0-2");
        assertThat(cluster.records(cluster.topics().images().name()))
                .extracting(ConsumerRecord::key)
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void stopsWhenAskedToAndSaysHowManyWereSent(Cluster cluster) throws Exception {
        cluster.withTopics();
        String images = cluster.topics().images().name();
        String data = TinyDataset.in(directory);

        CommandRun run = cluster.start(
                "feed", "images", "--dataset", data, "--epochs", "0", "--rate", "200", "--from", "training");
        await().until(() -> cluster.records(images).size() > TinyDataset.TRAINING);
        assertThat(run.stop().status()).isZero();

        assertThat(run.out())
                .startsWith("stopped: sent %d images to %s in "
                        .formatted(cluster.records(images).size(), images));
    }

    @Test
    void aLowRateDoesNotDelayTheStop(Cluster cluster) throws Exception {
        cluster.withTopics();
        CommandRun run = cluster.start("feed", "images", "--dataset", TinyDataset.in(directory), "--rate", "0.001");
        await().until(() -> !cluster.records(cluster.topics().images().name()).isEmpty());

        assertThat(run.stop().status()).isZero();
        assertThat(run.out()).startsWith("stopped: sent 1 image to ");
    }

    @Test
    void aMissingTopicIsOneSentence(Cluster cluster) {
        CommandRun run = cluster.run("feed", "images");

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err())
                .isEqualTo(
                        "inkstream: there is no topic "
                                + cluster.topics().images().name()
                                + "; create what is missing with 'inkstream topics create' and the same options for cluster and prefix\n");
    }

    @Test
    void wrongOptionsAreUsageErrors() {
        assertUsage("--rate is -1; it must be a number, 0 or more", "--rate=-1");
        assertUsage("--rate is NaN; it must be a number, 0 or more", "--rate", "NaN");
        assertUsage("--epochs is -1; it must be 0 or more", "--epochs=-1");
        assertUsage("--count is 0; it must be 1 or more", "--count", "0");
        assertUsage("--from, --run and --delay need --alone", "--delay", "1s");
        assertUsage("--from, --run and --delay need --alone", "--from", "holdout");
        assertUsage("--from, --run and --delay need --alone", "--run", "a");
        assertUsage(
                "--run is 'a b'; it must be 1 to 50 letters, digits, dots, dashes or underscores",
                "--alone",
                "--run",
                "a b");
        assertUsage(
                "--run is '" + "x".repeat(51) + "'; it must be 1 to 50 letters, digits, dots, dashes or underscores",
                "--alone",
                "--run",
                "x".repeat(51));
        assertUsage(
                "--run is ''; it must be 1 to 50 letters, digits, dots, dashes or underscores", "--alone", "--run", "");
        assertUsage("--split cannot be used with --alone; use --from", "--alone", "--split", "classic");
        assertUsage("--shuffle-seed is 'x'; it must be a whole number or none", "--shuffle-seed", "x");
    }

    private static void assertUsage(String sentence, String... options) {
        List<String> args = new ArrayList<>(List.of("feed", "labels"));
        args.addAll(List.of(options));
        CommandRun run = CommandRun.start(args.toArray(String[]::new));
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).isEqualTo("inkstream: " + sentence + "\n");
    }

    private static String[] with(String[] options, String... command) {
        return Stream.concat(Stream.of(command), Stream.of(options)).toArray(String[]::new);
    }

    private static List<String> keys(String set, int size) {
        return IntStream.range(0, size).mapToObj(i -> set + "-" + i).toList();
    }
}
