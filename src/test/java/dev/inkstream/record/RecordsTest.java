package dev.inkstream.record;

import static dev.inkstream.codec.Invalid.assertInvalid;
import static org.assertj.core.api.Assertions.assertThat;

import dev.inkstream.record.Prediction.Position;
import dev.inkstream.record.TrainingProgress.Prequential;
import dev.inkstream.record.WeightSnapshot.Layers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/// What the domain records refuse, and what makes two of them equal.
class RecordsTest {
    private static final Instant AT = Instant.EPOCH;
    private static final byte[] WEIGHTS = {1, 2, 3, 4};
    private static final ModelVersion VERSION = new ModelVersion("digits", 7, Sha256.of(WEIGHTS));
    private static final Layers LAYERS = new Layers(List.of(1, 1), "RELU", "SOFTMAX");

    @Test
    void imagesAreAsLargeAsTheirPixels() {
        assertThat(new ImageRecord(4096, 1, new byte[4096], AT).width()).isEqualTo(4096);
        assertInvalid(
                RejectReason.IMAGE_SIZE,
                "image is 4097x1; each side must be 1 to 4096 pixels",
                () -> new ImageRecord(4097, 1, new byte[4097], AT));
        assertInvalid(
                RejectReason.PIXEL_COUNT,
                "image of 2x2 needs 4 pixels but has 5",
                () -> new ImageRecord(2, 2, new byte[5], AT));
    }

    @Test
    void imagesAreEqualByContent() {
        ImageRecord image = new ImageRecord(2, 1, new byte[] {1, 2}, AT);
        assertThat(image)
                .isEqualTo(new ImageRecord(2, 1, new byte[] {1, 2}, AT))
                .isNotEqualTo(new ImageRecord(1, 2, new byte[] {1, 2}, AT))
                .isNotEqualTo(new ImageRecord(2, 1, new byte[] {1, 3}, AT))
                .isNotEqualTo(new ImageRecord(2, 1, new byte[] {1, 2}, AT.plusMillis(1)))
                .hasToString("ImageRecord[2x1, captured at 1970-01-01T00:00:00Z]");
    }

    @Test
    void labelsStartAtZero() {
        ImageRecord image = new ImageRecord(1, 1, new byte[1], AT);
        assertThat(new LabeledImage(image, 0).label()).isZero();
        assertInvalid(RejectReason.LABEL_RANGE, "label is -1; it must be 0 or more", () -> new LabeledImage(image, -1));
    }

    @Test
    void aPredictionsLabelIsOneOfItsScores() {
        Prediction prediction = prediction(1, 0.25f, 0.75f);
        assertThat(prediction.confidence()).isEqualTo(0.75f);
        assertThat(prediction).hasToString("Prediction[a is 1 (0.75) by digits v7 (9f64a747e1b9)]");
        assertInvalid(RejectReason.LABEL_RANGE, "label is 2; it must be 0 to 1", () -> prediction(2, 0.25f, 0.75f));
        assertInvalid(RejectReason.LABEL_RANGE, "label is -1; it must be 0 to 1", () -> prediction(-1, 0.25f, 0.75f));
    }

    @Test
    void predictionsAreEqualByContent() {
        assertThat(prediction(1, 0.25f, 0.75f))
                .isEqualTo(prediction(1, 0.25f, 0.75f))
                .isNotEqualTo(prediction(0, 0.25f, 0.75f))
                .isNotEqualTo(prediction(1, 0.25f, Math.nextUp(0.75f)));
    }

    @Test
    void aVersionHasANameAndANumber() {
        assertThat(new ModelVersion("m", 0, VERSION.weights()).version()).isZero();
        assertInvalid(
                RejectReason.UNDECODABLE,
                "model name is empty; it must have at least one character",
                () -> new ModelVersion("", 0, VERSION.weights()));
        assertInvalid(
                RejectReason.UNDECODABLE,
                "version is -1; it must be 0 or more",
                () -> new ModelVersion("m", -1, VERSION.weights()));
    }

    @Test
    void aSnapshotIsIntactOrDoesNotExist() {
        WeightSnapshot snapshot = snapshot(WEIGHTS.clone());
        assertThat(snapshot)
                .isEqualTo(snapshot(WEIGHTS.clone()))
                .hasToString("WeightSnapshot[digits v7 (9f64a747e1b9) after 0 examples]");
        assertInvalid(
                RejectReason.BAD_SNAPSHOT,
                "snapshot digits v7 is corrupt: its parameters have SHA-256"
                        + " 1571902abec0a45661de965dbe90cb0177b98c49fc58a5aabfa1edb6c678d972 but it says"
                        + " 9f64a747e1b97f131fabb6b447296c9b6f0201e79fb3c5356e6c77e89b6a806a",
                () -> snapshot(new byte[] {1, 2, 3, 5}));
    }

    @Test
    void layersDoNotChangeWithTheListTheyCameFrom() {
        List<Integer> sizes = new ArrayList<>(List.of(3, 2));
        Layers layers = new Layers(sizes, "RELU", "SOFTMAX");
        sizes.set(0, 9);
        assertThat(layers.sizes()).containsExactly(3, 2);
    }

    @Test
    void progressIsNotNegative() {
        Prequential none = new Prequential(0, 0, 0);
        assertThat(TrainingProgress.none()).isEqualTo(new TrainingProgress(0, 0, -1, none));
        assertInvalid(
                RejectReason.UNDECODABLE,
                "training progress is negative: -1 examples, 0 mini-batches, offset 0",
                () -> new TrainingProgress(-1, 0, 0, none));
        assertInvalid(
                RejectReason.UNDECODABLE,
                "training progress is negative: 0 examples, -1 mini-batches, offset 0",
                () -> new TrainingProgress(0, -1, 0, none));
        assertInvalid(
                RejectReason.UNDECODABLE,
                "training progress is negative: 0 examples, 0 mini-batches, offset -2",
                () -> new TrainingProgress(0, 0, -2, none));
    }

    @Test
    void noMoreExamplesAreCorrectThanThereAre() {
        assertThat(new Prequential(3, 3, 0).correct()).isEqualTo(3);
        assertInvalid(
                RejectReason.UNDECODABLE,
                "4 of 3 recent examples correct is impossible",
                () -> new Prequential(3, 4, 0));
        assertInvalid(
                RejectReason.UNDECODABLE,
                "-1 of 3 recent examples correct is impossible",
                () -> new Prequential(3, -1, 0));
        assertInvalid(
                RejectReason.UNDECODABLE,
                "-1 of -1 recent examples correct is impossible",
                () -> new Prequential(-1, -1, 0));
    }

    @Test
    void aConfusionMatrixIsReadLabelByLabel() {
        ConfusionMatrix matrix = ConfusionMatrix.of(2, new long[] {5, 1, 2, 8});
        assertThat(matrix.count(0, 1)).isEqualTo(1);
        assertThat(matrix.count(1, 0)).isEqualTo(2);
        assertThat(matrix.examples()).isEqualTo(16);
        assertThat(matrix.correct()).isEqualTo(13);
        assertThat(matrix).hasToString("ConfusionMatrix[13 / 16]");
        assertThat(new Evaluation(VERSION, 1, matrix, 0, true).accuracy()).isEqualTo(13.0 / 16);
        assertThat(new Evaluation(VERSION, 1, ConfusionMatrix.of(2, new long[4]), 0, true).accuracy())
                .isNaN();
    }

    @Test
    void aConfusionMatrixIsSquareAndNotNegative() {
        assertInvalid(
                RejectReason.UNDECODABLE,
                "confusion matrix of 2 classes has 3 entries; it must have classes x classes, 1 or more",
                () -> ConfusionMatrix.of(2, new long[3]));
        assertInvalid(
                RejectReason.UNDECODABLE,
                "confusion matrix of 0 classes has 0 entries; it must have classes x classes, 1 or more",
                () -> ConfusionMatrix.of(0, new long[0]));
        assertInvalid(
                RejectReason.UNDECODABLE,
                "confusion matrix of 65536 classes has 0 entries; it must have classes x classes, 1 or more",
                () -> ConfusionMatrix.of(65536, new long[0]));
        assertInvalid(
                RejectReason.UNDECODABLE,
                "a count of the confusion matrix is negative; it must be 0 or more",
                () -> ConfusionMatrix.of(2, new long[] {0, 0, 0, -1}));
    }

    @Test
    void aConfusionMatrixDoesNotChangeWithTheArraysAroundIt() {
        long[] counts = {1, 2, 3, 4};
        ConfusionMatrix matrix = ConfusionMatrix.of(2, counts);
        counts[0] = 9;
        matrix.counts()[1] = 9;
        assertThat(matrix).isEqualTo(ConfusionMatrix.of(2, new long[] {1, 2, 3, 4}));
    }

    /// FIPS 180-4, the example of one block.
    @Test
    void aDigestIsThatOfTheStandard() {
        Sha256 digest = Sha256.of(new byte[] {'a', 'b', 'c'});
        assertThat(digest)
                .hasToString("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
                .isEqualTo(Sha256.fromDigest(digest.bytes()))
                .isNotEqualTo(Sha256.of(new byte[0]));
        assertThat(digest.abbreviated()).isEqualTo("ba7816bf8f01");
    }

    @Test
    void aDigestHas32BytesThatNobodyChanges() {
        assertInvalid(
                RejectReason.UNDECODABLE,
                "SHA-256 has 33 bytes; it must have 32",
                () -> Sha256.fromDigest(new byte[33]));
        byte[] bytes = new byte[32];
        Sha256 digest = Sha256.fromDigest(bytes);
        bytes[0] = 1;
        digest.bytes()[1] = 1;
        assertThat(digest).isEqualTo(Sha256.fromDigest(new byte[32]));
    }

    @Test
    void whereAVersionComesFromIsBounded() {
        assertInvalid(
                RejectReason.BAD_SNAPSHOT,
                "publisher's instance has 201 characters; it must have at most 200",
                () -> new Publisher("trainer", "x".repeat(201), "p"));
        assertInvalid(
                RejectReason.BAD_SNAPSHOT,
                "first offset is -1; it must be 0 or more",
                () -> Provenance.trained(OptionalLong.of(-1), Optional.empty()));
        assertInvalid(
                RejectReason.BAD_SNAPSHOT,
                "source has 1001 characters; it must have at most 1000",
                () -> Provenance.unknown().madeFrom("x".repeat(1001)));
    }

    private static Prediction prediction(int label, float... scores) {
        return new Prediction("a", label, scores, VERSION, new Position(0, 0), AT);
    }

    private static WeightSnapshot snapshot(byte[] parameters) {
        return new WeightSnapshot(VERSION, LAYERS, parameters, TrainingProgress.none(), "seed=1");
    }
}
