package dev.inkstream.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.inkstream.network.Network;
import dev.inkstream.network.Workspace;
import dev.inkstream.record.Label;
import dev.inkstream.record.Prediction;
import dev.inkstream.record.Prediction.Position;
import dev.inkstream.record.Prediction.Shadow;
import dev.inkstream.record.WeightSnapshot;
import dev.inkstream.stream.Samples;
import dev.inkstream.stream.Snapshots;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Forty images in two partitions, each with a prediction by version 1 and, from the twentieth on, by its shadow.
@ExtendWith(ClusterExtension.class)
class PredictionsVerifyIT {
    private static final int IMAGES = 40;
    private static final WeightSnapshot SERVING = Samples.snapshot(1);
    private static final WeightSnapshot SHADOW = Samples.snapshot(2);

    private final Cluster cluster;
    private final String images;
    private final String predictions;

    PredictionsVerifyIT(Cluster cluster) {
        this.cluster = cluster.withTopics();
        this.images = cluster.topics().images().name();
        this.predictions = cluster.topics().predictions().name();
    }

    @BeforeEach
    void classify() {
        List<ProducerRecord<String, byte[]>> records = new ArrayList<>();
        for (WeightSnapshot version : List.of(SERVING, SHADOW)) {
            String topic = cluster.topics().weightSnapshots().name();
            records.add(new ProducerRecord<>(
                    topic,
                    "digits",
                    Samples.SERDES.weightSnapshot().serializer().serialize(topic, version)));
        }
        for (int i = 0; i < IMAGES; i++) {
            records.add(new ProducerRecord<>(
                    images,
                    i % 2,
                    "image-" + i,
                    Samples.SERDES.image().serializer().serialize(images, Samples.image(i))));
            records.add(record(prediction(i)));
        }
        cluster.send(true, records);
    }

    @Test
    void whatTheClassifierSaidIsVerified() {
        CommandRun run = cluster.run("predictions", "verify");

        assertThat(run.err()).isEmpty();
        assertThat(run.out()).matches("verified 40 predictions by 2 versions in \\d+\\.\\d s\n");
        assertThat(run.status()).isZero();
        assertThat(cluster.run("predictions", "verify", "--from", "2", "--to", "5")
                        .out())
                .startsWith("verified 6 predictions by 1 version in ");
        CommandRun none = cluster.run("predictions", "verify", "--model", "other");
        assertThat(none.out()).startsWith("verified 0 predictions by 0 versions in ");
        assertThat(none.err()).matches("inkstream: nothing was verified: \\S+predictions has no such predictions\n");
        assertThat(none.status()).isOne();
        assertThat(cluster.run("predictions", "verify", "--from", "2100-01-01T00:00:00Z")
                        .status())
                .isOne();
        assertThat(cluster.run("predictions", "verify", "--to", "2100-01-01T00:00:00Z", "--from", "1h")
                        .out())
                .startsWith("verified 40 predictions ");
    }

    @Test
    void anotherBitOfAScoreOrAnotherLabelIsFound() throws Exception {
        Prediction one = prediction(7);
        float[] scores = one.scores().clone();
        scores[2] = Math.nextUp(scores[2]);
        Prediction two = prediction(30);
        Shadow shadow = two.shadow().orElseThrow();
        int wrong = (shadow.label() + 1) % 4;
        cluster.send(
                true,
                List.of(
                        record(with(one, one.label(), scores, one.shadow())),
                        record(with(
                                two,
                                two.label(),
                                two.scores(),
                                Optional.of(new Shadow(wrong, shadow.scores(), shadow.model()))))));

        CommandRun run = cluster.run("predictions", "verify");

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out().lines().limit(2))
                .containsExactlyInAnyOrder(
                        "predictions-1@21 (image-7) differs: it has score %s for class 2; %s gives %s"
                                .formatted(scores[2], SERVING.id(), one.scores()[2]),
                        "predictions-0@21 (image-30) differs: its shadow says %d with score %s; %s gives %d with score %s"
                                .formatted(
                                        wrong,
                                        shadow.scores()[wrong],
                                        SHADOW.id(),
                                        shadow.label(),
                                        shadow.scores()[shadow.label()]));
        assertThat(run.out()).contains("\nverified 40 of 42 predictions by 2 versions in ");

        JsonNode json = new ObjectMapper()
                .readTree(
                        cluster.run("predictions", "verify", "--output", "json").out());
        assertThat(json.path("failed").asInt()).isEqualTo(2);
        assertThat(json.path("problems").findValuesAsText("kind")).containsExactly("DIFFERENT", "DIFFERENT");
    }

    @Test
    void whatIsGoneIsNamed() throws Exception {
        try (Admin admin = Admin.create(cluster.kafka().admin())) {
            admin.deleteRecords(Map.of(new TopicPartition(images, 1), RecordsToDelete.beforeOffset(1)))
                    .all()
                    .get();
        }
        Prediction other = prediction(2);
        cluster.send(
                true,
                List.of(
                        record(new Prediction(
                                other.imageId(),
                                other.label(),
                                other.scores(),
                                Samples.snapshot(9).id(),
                                other.image(),
                                other.capturedAt())),
                        record(new Prediction(
                                "image-4",
                                other.label(),
                                other.scores(),
                                other.model(),
                                other.image(),
                                other.capturedAt())),
                        new ProducerRecord<>(predictions, 0, "bad", new byte[] {1})));

        CommandRun run = cluster.run("predictions", "verify");

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out().lines().limit(4).map(line -> line.replaceFirst("used: .*", "used")))
                .containsExactlyInAnyOrder(
                        "predictions-1@0 (image-1) cannot be verified: its image is gone (images-1@0)",
                        "predictions-0@21 (image-2) cannot be verified: weight-snapshots has no record of "
                                + Samples.snapshot(9).id(),
                        "predictions-0@22 (image-4) differs: the image there is image-2 (images-0@1)",
                        "predictions-0@23 cannot be used");
        assertThat(run.out()).contains("\nverified 39 of 43 predictions by 2 versions in ");
    }

    @Test
    void anotherVersionsAnswersAreCompared(@TempDir Path directory) throws Exception {
        long changed = IntStream.range(0, IMAGES)
                .filter(i -> answer(SERVING, i).label() != answer(SHADOW, i).label())
                .count();
        int first = IntStream.range(0, IMAGES)
                .filter(i -> answer(SERVING, i).label() != answer(SHADOW, i).label())
                .findFirst()
                .orElseThrow();
        String labels = cluster.topics().labels().name();
        // The first label of an image counts.
        cluster.send(true, List.of(label(labels, first, answer(SHADOW, first).label()), label(labels, first, 99)));
        Path png = directory.resolve("changed.png");

        CommandRun run = cluster.run("predictions", "replay", "--version", "2", "--png", png.toString());

        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isZero();
        assertThat(run.out())
                .startsWith("%s changes %d of 40 answers\n\nFROM  TO  IMAGES\n".formatted(SHADOW.id(), changed))
                .endsWith("\n1 image with a label: 0 correct as served, 1 with v2; 1 won, 0 lost, p = 1.0000 (exact"
                        + " McNemar test, two-sided)\n");
        assertThat(png).isNotEmptyFile();

        JsonNode json = new ObjectMapper()
                .readTree(cluster.run("predictions", "replay", "--version", "1", "--output", "json", "--count", "30")
                        .out());
        assertThat(json.path("predictions").asInt()).isEqualTo(30);
        assertThat(json.path("changed").asInt()).isZero();
        assertThat(cluster.run("predictions", "replay", "--version", "7").err())
                .isEqualTo("inkstream: --version is 7; it must be a version that the topics still have of model"
                        + " digits\n");
    }

    private static ProducerRecord<String, byte[]> label(String topic, int i, int label) {
        return new ProducerRecord<>(
                topic,
                0,
                "image-" + i,
                Samples.SERDES
                        .label()
                        .serializer()
                        .serialize(topic, new Label(label, Samples.image(i).capturedAt())));
    }

    private static Prediction prediction(int i) {
        Shadow serving = answer(SERVING, i);
        return new Prediction(
                "image-" + i,
                serving.label(),
                serving.scores(),
                serving.model(),
                new Position(i % 2, i / 2),
                Samples.image(i).capturedAt(),
                i < IMAGES / 2 ? Optional.empty() : Optional.of(answer(SHADOW, i)));
    }

    private static Shadow answer(WeightSnapshot version, int i) {
        Network network = Snapshots.network(version, Samples.FORMAT);
        Workspace workspace = network.newWorkspace();
        int label = network.classify(Samples.image(i).pixels().bytes(), workspace);
        return new Shadow(label, workspace.outputs().clone(), version.id());
    }

    private static Prediction with(Prediction of, int label, float[] scores, Optional<Shadow> shadow) {
        return new Prediction(of.imageId(), label, scores, of.model(), of.image(), of.capturedAt(), shadow);
    }

    private ProducerRecord<String, byte[]> record(Prediction prediction) {
        return new ProducerRecord<>(
                predictions,
                prediction.image().partition(),
                prediction.imageId(),
                Samples.SERDES.prediction().serializer().serialize(predictions, prediction));
    }
}
