package dev.inkstream.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.inkstream.dataset.DrawnDigits;
import dev.inkstream.dataset.Images;
import dev.inkstream.interchange.WeightsFile;
import dev.inkstream.network.NetworkShape;
import dev.inkstream.network.Preset;
import dev.inkstream.record.ImageRecord;
import dev.inkstream.record.LabeledImage;
import dev.inkstream.record.Publisher;
import dev.inkstream.record.WeightSnapshot;
import dev.inkstream.stream.Topic;
import dev.inkstream.stream.intake.Redriven;
import dev.inkstream.trainer.TrainerSettings;
import dev.inkstream.trainer.Training;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Exports, imports, retraining and bisection, on 4,000 labels of which 1,000 are wrong.
@ExtendWith(ClusterExtension.class)
@Timeout(180)
class OriginCommandsIT {
    private static final int EXAMPLES = 4_000;
    private static final int WRONG_FROM = 2_500;
    private static final int WRONG_TO = 3_500;

    /// Returned from the dead letters for the trainer of the model alone: an evaluator passes over such a holdout
    /// image.
    private static final int REDRIVEN = 100;

    private static final Images DIGITS = DrawnDigits.images(3, 0, EXAMPLES);
    private static final Images HOLDOUT = DrawnDigits.images(3, 1_000_000, 400);
    private static final Training.Settings SETTINGS =
            new Training.Settings("digits", Preset.MODERN.config(NetworkShape.of(784, 16, 10)), 1, 25);

    private final Cluster cluster;

    @TempDir
    private Path directory;

    OriginCommandsIT(Cluster cluster) {
        this.cluster = cluster.withTopics();
    }

    @Test
    void aVersionIsExportedAndImportedUnderAnotherName() throws Exception {
        List<WeightSnapshot> published = publish(400);
        Path file = directory.resolve("some.json");

        CommandRun export = models("export", "1", "--format", "json", "--to", file.toString());
        assertThat(export.out())
                .isEqualTo("exported %s to %s (json, %,d bytes)%n"
                        .formatted(published.get(1).id(), file, Files.size(file)));
        assertThat(WeightsFile.read(Files.readAllBytes(file))).isEqualTo(published.get(1));
        assertFailure(
                models("export", "9"), 1, "N is 9; it must be a version that the topics still have of model digits");
        assertFailure(
                models("export", "x"),
                1,
                "N is 'x'; it must be a version, or an alias of model digits, which has none");
        assertFailure(models("export", "7x"), 2, "N is '7x'; it must be a version, like 7 or v7, or an alias");

        for (int attempt = 0; attempt < 2; attempt++) {
            CommandRun imported = models("import", file.toString(), "--model", "copy");
            assertThat(imported.err()).isEmpty();
            assertThat(imported.out()).startsWith("imported digits v1 (").contains(" as copy v0 (");
        }
        CommandRun trainer = cluster.run("trainer", "--model", "copy", "--monitor-port", "off", "--hidden", "16");
        assertThat(trainer.status()).isEqualTo(1);
        assertThat(trainer.log().getLast())
                .contains("model copy has a version that an operator published (import of "
                        + published.get(1).id()
                        + "), and a trainer of that name would publish another version 0; choose");
        WeightSnapshot copy = snapshots().getLast();
        assertThat(snapshots()).hasSize(3);
        assertThat(copy.id().model()).isEqualTo("copy");
        assertThat(copy.parameters()).isEqualTo(published.get(1).parameters());
        assertThat(copy.training()).isEqualTo(published.get(1).training().replace("seed=1 ", "seed=1 trainer=digits "));
        assertThat(copy.provenance().parent()).contains(published.get(0).id().weights());
        assertThat(copy.provenance().source())
                .contains("import of " + published.get(1).id());
        assertThat(copy.provenance().publisher().map(Publisher::role)).contains("operator");
        assertThat(models("verify", "--model", "copy").out()).startsWith("verified 1 version of copy (400 examples)");

        assertFailure(
                models("import", file.toString(), "--model", "digits"),
                1,
                "--model is 'digits'; it must be a name that no model has");
        Files.writeString(file, Files.readString(file).replaceFirst("\"biases\":\\[[^,]*", "\"biases\":[0.5"));
        CommandRun damaged = models("import", file.toString(), "--model", "damaged");
        assertThat(damaged.err())
                .startsWith(
                        "inkstream: " + file + " cannot be used: snapshot digits v1 is corrupt: its parameters have")
                .hasLineCount(1);
        assertThat(damaged.status()).isEqualTo(1);
        assertFailure(models("import", "nowhere", "--model", "copy2"), 1, "nowhere cannot be read (it does not exist)");
    }

    @Test
    void wrongLabelsAreFoundAndLeftOut() throws Exception {
        List<WeightSnapshot> published = publish(EXAMPLES);
        Path wrong = directory.resolve("wrong.txt");

        CommandRun bisect = models("bisect", "--ids-to", wrong.toString());
        assertThat(bisect.err()).isEmpty();
        assertThat(bisect.out().replaceFirst("(?m)^times .*$", "times     ..."))
                .isEqualTo("""
                        fall      from v6 with 87.0 %% to v9 with 14.3 %% of 399 holdout images correct
                        evidence  5 won, 295 lost, p = 1e-80 (exact McNemar test)
                        begins    with offsets 2800 to 2815 of %s, after which 82.5 %% are correct
                        records   offsets 2483 to 3499: of 1,017, 992 have a label that v6 contradicts
                        times     ...
                        images    d-2483 to d-3499
                        next      inkstream models retrain 9 --model digits --from-file %s
                        or        if the stream has changed, do not retrain: replace the holdout images
                        """.formatted(cluster.topics().labeledImages().name(), wrong));
        JsonNode json = json(models("bisect", "--output", "json"));
        assertThat(json.at("/records/firstOffset").asLong()).isBetween(WRONG_FROM - 20L, WRONG_FROM + 5L);
        assertThat(json.at("/records/lastOffset").asLong()).isBetween(WRONG_TO - 5L, WRONG_TO - 1L);
        assertThat(json.path("fallFirstOffset").asLong()).isGreaterThanOrEqualTo(WRONG_FROM);

        CommandRun retrained = models("retrain", "9", "--from-file", wrong.toString(), "--as", "fixed");
        assertThat(retrained.err()).isEmpty();
        WeightSnapshot fixed = snapshots().getLast();
        assertThat(fixed.id()).isEqualTo(plainLoop(wrong, published.get(9)).id());
        assertThat(retrained.out())
                .startsWith(fixed.id() + " is " + published.get(9).id() + " without ");
        assertThat(models("verify", "--model", "fixed", "--from-file", wrong.toString())
                        .out())
                .startsWith("verified 1 version of fixed (");
        assertThat(models("verify", "--model", "fixed").status()).isEqualTo(1);
        assertFailure(
                models("retrain", "9", "--without", "d-1,nobody,x", "--as", "other"),
                1,
                published.get(9).id() + " was not trained on 2 of these images: nobody, x");
    }

    @Test
    void aTrainerContinuesFromAFileAndItsVersionsAreProved() throws Exception {
        WeightSnapshot version = publish(400).getLast();
        Path file = directory.resolve("start.avro");
        assertThat(models("export", "--to", file.toString()).status()).isZero();
        String[] trainer = {
            "trainer",
            "--model",
            "next",
            "--monitor-port",
            "off",
            "--hidden",
            "16",
            "--snapshot-every",
            "10",
            "--initial-weights",
            file.toString(),
            "--from",
            "100"
        };
        CommandRun running = cluster.start(trainer);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> snapshots().getLast().id().toString().startsWith("next v1 "));
        assertThat(running.stop().status()).isZero();

        WeightSnapshot first = snapshots().get(2);
        assertThat(first.id().toString()).startsWith("next v0 ");
        assertThat(first.parameters()).isEqualTo(version.parameters());
        assertThat(models("verify", "--model", "next").out()).startsWith("verified 2 versions of next (");
        assertThat(snapshots().get(3).provenance().firstOffset()).hasValue(101);
        trainer[trainer.length - 1] = "101";
        assertThat(cluster.run(trainer).status()).as("begun elsewhere").isEqualTo(1);
        trainer[6] = "17";
        assertFailure(
                cluster.run(trainer),
                2,
                "--initial-weights has layers 784,16,10 (leaky_relu hidden, softmax output); it must have layers"
                        + " 784,17,10 (leaky_relu hidden, softmax output), as --hidden, --preset, --image-size and"
                        + " --classes say");
    }

    @Test
    void whereNothingFellNothingIsFound() {
        publish(1_200);
        assertThat(models("bisect").out())
                .isEqualTo(
                        "no version of model digits is significantly worse on the holdout images than one before it\n");
        assertFailure(models("retrain"), 2, "--without or --from-file is missing; name the records to leave out");
    }

    /// What is left of the log, trained on from the beginning.
    private static WeightSnapshot plainLoop(Path wrong, WeightSnapshot version) throws Exception {
        List<String> lines = Files.readAllLines(wrong);
        List<Integer> left = new ArrayList<>();
        for (int i = 0; i <= version.progress().lastOffset(); i++) {
            if (!lines.contains("d-" + i + "\t" + i)) {
                left.add(i);
            }
        }
        Training training = Training.start(new Training.Settings("fixed", SETTINGS.config(), 1, 1_000));
        int whole = left.size() - left.size() % 16;
        left.subList(0, whole).forEach(i -> training.train(i, example(i)));
        return training.snapshotAs(0);
    }

    private List<WeightSnapshot> publish(int examples) {
        send(
                cluster.topics().holdoutImages(),
                0,
                HOLDOUT.size(),
                i -> new LabeledImage(image(HOLDOUT, i), HOLDOUT.label(i)));
        Training training = Training.start(SETTINGS);
        List<WeightSnapshot> published = new ArrayList<>(List.of(training.snapshot()));
        for (int i = 0; i < examples; i++) {
            if (training.train(i, example(i))) {
                published.add(training.snapshot());
            }
        }
        send(cluster.topics().labeledImages(), 0, examples, OriginCommandsIT::example);
        String topic = cluster.topics().weightSnapshots().name();
        cluster.send(
                true,
                published.stream()
                        .map(version -> Samples.record(topic, "digits", Cluster.SERDES.weightSnapshot(), version))
                        .toList());
        return published;
    }

    private interface Source {
        LabeledImage get(int i);
    }

    private void send(Topic<String, LabeledImage> topic, int from, int to, Source source) {
        List<ProducerRecord<String, byte[]>> records = new ArrayList<>();
        for (int i = from; i < to; i++) {
            ProducerRecord<String, byte[]> record =
                    Samples.record(topic.name(), "d-" + i, Cluster.SERDES.labeledImage(), source.get(i));
            if (i == REDRIVEN) {
                record.headers()
                        .add(Redriven.TOPIC, topic.name().getBytes(StandardCharsets.UTF_8))
                        .add(
                                Redriven.APPLICATIONS,
                                TrainerSettings.applicationId(cluster.topics(), "digits")
                                        .getBytes(StandardCharsets.UTF_8));
            }
            records.add(record);
        }
        cluster.send(true, records);
    }

    private static LabeledImage example(int i) {
        int label = DIGITS.label(i);
        return new LabeledImage(image(DIGITS, i), i >= WRONG_FROM && i < WRONG_TO ? (label + 1) % 10 : label);
    }

    private static ImageRecord image(Images images, int i) {
        return new ImageRecord(28, 28, images.pixels(i), Instant.EPOCH);
    }

    private List<WeightSnapshot> snapshots() {
        return cluster.committed(cluster.topics().weightSnapshots().name(), Cluster.SERDES.weightSnapshot());
    }

    private CommandRun models(String... args) {
        return cluster.run(
                Stream.concat(Stream.of("models"), Arrays.stream(args)).toArray(String[]::new));
    }

    private static JsonNode json(CommandRun run) throws Exception {
        return new ObjectMapper().readTree(run.out());
    }

    private static void assertFailure(CommandRun run, int status, String sentence) {
        assertThat(run.err()).isEqualTo("inkstream: " + sentence + "\n");
        assertThat(run.status()).isEqualTo(status);
        assertThat(run.out()).isEmpty();
    }
}
