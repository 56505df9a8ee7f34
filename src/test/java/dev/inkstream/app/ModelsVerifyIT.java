package dev.inkstream.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.inkstream.record.ModelVersion;
import dev.inkstream.record.WeightSnapshot;
import dev.inkstream.record.Weights;
import dev.inkstream.stream.Samples;
import dev.inkstream.trainer.Training;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// A model of three versions after its initial weights, with a bad record and a transaction's marker among its labeled
/// images.
@ExtendWith(ClusterExtension.class)
class ModelsVerifyIT {
    private static final int BAD = 5;

    private final Cluster cluster;
    private final String images;
    private final String snapshots;
    private final Training training = Training.start(Samples.TRAINING);
    private final List<WeightSnapshot> published = new ArrayList<>();

    ModelsVerifyIT(Cluster cluster) {
        this.cluster = cluster.withTopics();
        this.images = cluster.topics().labeledImages().name();
        this.snapshots = cluster.topics().weightSnapshots().name();
    }

    @BeforeEach
    void train() {
        published.add(training.snapshot());
        label(0, 20);
        label(21, 39);
        cluster.send(true, published.stream().map(this::record).toList());
    }

    @Test
    void everyVersionOfACleanLogIsVerified() throws Exception {
        CommandRun run = verify();
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).matches("verified 4 versions of digits \\(36 examples\\) in \\d+\\.\\d s\n");
        assertThat(run.status()).isZero();

        CommandRun one = verify("--model", "digits", "--version", "2", "--output", "json");
        JsonNode json = new ObjectMapper().readTree(one.out());
        assertThat(json.path("versions").asLong()).isEqualTo(1);
        assertThat(json.path("verified").asLong()).isEqualTo(1);
        assertThat(json.path("examples").asLong()).isEqualTo(24);
        assertThat(json.path("findings")).isEmpty();
    }

    @Test
    void aFlippedByteOfAVersionIsFound() throws Exception {
        WeightSnapshot second = published.get(2);
        byte[] parameters = second.parameters().clone();
        parameters[17] ^= 1;
        Weights forged = new Weights(parameters);
        ModelVersion id = new ModelVersion("digits", 2, forged.sha256());
        byte[] corrupt = record(second).value();
        corrupt[corrupt.length / 2] ^= 1;
        cluster.send(
                true,
                List.of(
                        record(new WeightSnapshot(
                                id, second.layers(), forged.bytes(), second.progress(), second.training())),
                        new ProducerRecord<>(snapshots, "digits", corrupt)));

        CommandRun run = verify();

        assertThat(run.status()).isEqualTo(1);
        List<String> lines = run.out().lines().toList();
        assertThat(lines).hasSize(5);
        assertThat(lines.getFirst()).startsWith(snapshots + "@6 cannot be used: snapshot digits v2 is corrupt: ");
        assertThat(lines.subList(1, 4))
                .containsExactly(
                        "digits v2 differs: offsets 13 to 25 of " + images + ", after the version before, give other"
                                + " weights",
                        "  published  SHA-256 " + forged.sha256(),
                        "  computed   SHA-256 " + second.id().weights());
        assertThat(lines.getLast()).startsWith("verified 4 of 5 versions of digits (36 examples) in ");

        JsonNode json = new ObjectMapper().readTree(verify("--output", "json").out());
        assertThat(json.path("findings").findValuesAsText("kind")).containsExactly("UNREADABLE", "DIFFERENT");
        assertThat(json.at("/findings/1/computedSha256").asText())
                .isEqualTo(second.id().weights().toString());
    }

    @Test
    void aMissingRecordIsNamed() throws Exception {
        try (Admin admin = Admin.create(cluster.kafka().admin())) {
            admin.deleteRecords(Map.of(new TopicPartition(images, 0), RecordsToDelete.beforeOffset(1)))
                    .all()
                    .get();
        }

        CommandRun run = verify();

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out())
                .startsWith("versions 1 to 3 of digits cannot be verified: they were trained on records before offset 1"
                        + " of " + images + ", which retention has removed\n"
                        + "verified 1 of 4 versions of digits (0 examples) in ");
    }

    @Test
    void whatCannotBeVerifiedAtAllIsOneSentence() {
        assertFailure(
                cluster.run("models", "verify"),
                2,
                "--image-size is missing; it must be WxH with the 6 pixels" + " that model digits has");
        assertFailure(
                cluster.run("models", "verify", "--image-size", "3x3"),
                2,
                "--image-size is '3x3'; it must be WxH with the 6 pixels that model digits has");
        assertFailure(verify("--model", "x"), 1, "--model is 'x'; it must be one of digits");
        assertFailure(
                verify("--version", "9"),
                1,
                "--version is 9; it must be a version that the topics still have of model digits");
    }

    private static void assertFailure(CommandRun run, int status, String sentence) {
        assertThat(run.err()).isEqualTo("inkstream: " + sentence + "\n");
        assertThat(run.status()).isEqualTo(status);
        assertThat(run.out()).isEmpty();
    }

    private CommandRun verify(String... args) {
        List<String> all = new ArrayList<>(List.of("models", "verify", "--image-size", "3x2"));
        all.addAll(List.of(args));
        return cluster.run(all.toArray(String[]::new));
    }

    /// Sends one transaction, whose marker takes the offset after it, and trains on what is good of it.
    private void label(int from, int to) {
        List<ProducerRecord<String, byte[]>> records = new ArrayList<>();
        for (int offset = from; offset < to; offset++) {
            if (offset == BAD) {
                records.add(new ProducerRecord<>(images, "bad", new byte[] {1}));
                continue;
            }
            records.add(new ProducerRecord<>(
                    images,
                    "image-" + offset,
                    Samples.SERDES.labeledImage().serializer().serialize(images, Samples.example(offset))));
            if (training.train(offset, Samples.example(offset))) {
                published.add(training.snapshot());
            }
        }
        cluster.send(true, records);
    }

    private ProducerRecord<String, byte[]> record(WeightSnapshot snapshot) {
        return new ProducerRecord<>(
                snapshots,
                "digits",
                Samples.SERDES.weightSnapshot().serializer().serialize(snapshots, snapshot));
    }
}
