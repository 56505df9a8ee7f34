package dev.inkstream.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.inkstream.network.Activation;
import dev.inkstream.network.Architecture;
import dev.inkstream.network.Network;
import dev.inkstream.network.NetworkShape;
import dev.inkstream.record.ImageRecord;
import dev.inkstream.record.InvalidRecordException;
import dev.inkstream.record.LabeledImage;
import dev.inkstream.record.RejectReason;
import dev.inkstream.record.WeightSnapshot;
import dev.inkstream.record.WeightSnapshot.Layers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import org.apache.kafka.streams.processor.api.Record;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/// Which images fit a model, and which snapshots fit the images.
class ModelFitTest {
    @Test
    void aFormatHasImagesAndClasses() {
        assertThat(new ImageFormat(28, 28, 10).pixels()).isEqualTo(784);
        assertThat(new ImageFormat(1, 4096, 2).pixels()).isEqualTo(4096);
        for (int[] sides : List.of(new int[] {0, 1}, new int[] {1, 0}, new int[] {4097, 1}, new int[] {1, 4097})) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new ImageFormat(sides[0], sides[1], 2))
                    .withMessage("image size is " + sides[0] + "x" + sides[1] + "; each side must be 1 to 4096 pixels");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ImageFormat(1, 1, 1))
                .withMessage("classes is 1; it must be 2 to 500");
    }

    /// As many pixels in another shape are another image.
    @Test
    void anImageFitsBySideNotByArea() {
        ImageRecord image = Samples.image(0);
        assertThat(Samples.FORMAT.check(image)).isSameAs(image);
        assertInvalid(
                RejectReason.IMAGE_SIZE,
                "image is 6x1; it must be 3x2, the size of this model",
                () -> Samples.FORMAT.check(new ImageRecord(6, 1, new byte[6], Instant.EPOCH)));
    }

    @Test
    void aLabelFitsBelowTheNumberOfClasses() {
        LabeledImage last = new LabeledImage(Samples.image(0), 3);
        assertThat(Samples.FORMAT.check(last)).isSameAs(last);
        assertInvalid(
                RejectReason.LABEL_RANGE,
                "label is 4; it must be 0 to 3, the classes of this model",
                () -> Samples.FORMAT.check(new LabeledImage(Samples.image(0), 4)));
    }

    @Test
    void aSnapshotIsTheNetworkThatItDescribes() {
        WeightSnapshot snapshot = Samples.snapshot(1);
        Network network = Snapshots.network(snapshot, Samples.FORMAT);
        assertThat(network.architecture()).isEqualTo(Samples.CONFIG.architecture());
        assertThat(network.parameters().toBytes()).isEqualTo(snapshot.parameters());
    }

    /// Also through the schema, which must have a symbol for each activation.
    @Test
    void everyArchitectureComesBackFromItsLayers() {
        for (Activation hidden : EnumSet.complementOf(EnumSet.of(Activation.SOFTMAX))) {
            for (Activation output : List.of(Activation.SIGMOID, Activation.SOFTMAX)) {
                Architecture architecture = new Architecture(NetworkShape.of(6, 4), hidden, output);
                WeightSnapshot snapshot = withLayers(Snapshots.layers(architecture), new byte[28 * 4]);
                WeightSnapshot read = Samples.TOPICS
                        .weightSnapshots()
                        .decoder(Samples.SERDES)
                        .decode(new Record<>(Samples.text(Samples.MODEL), Samples.bytes(snapshot), 0))
                        .value();
                assertThat(read).isEqualTo(snapshot);
                assertThat(Snapshots.network(read, Samples.FORMAT).architecture())
                        .isEqualTo(architecture);
            }
        }
    }

    @Test
    void anActivationThatTheNetworkDoesNotKnowIsRefused() {
        assertThatExceptionOfType(InvalidRecordException.class)
                .isThrownBy(() -> Snapshots.network(
                        withLayers(new Layers(List.of(6, 4), "LATER", "SOFTMAX"), new byte[28 * 4]), Samples.FORMAT))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(RejectReason.BAD_SNAPSHOT))
                .withMessageStartingWith("snapshot digits v1 is refused: ");
    }

    @Test
    void aSnapshotOfImpossibleLayersIsRefused() {
        assertRefused("sizes has 0 layers; it must have 2 to 100", List.of());
        assertRefused("sizes has 1 layers; it must have 2 to 100", List.of(6));
        assertRefused("sizes has 2000000 layers; it must have 2 to 100", Collections.nCopies(2_000_000, 1));
        assertRefused("layer size is 100000; it must be in 1..65536", List.of(100_000, 100_000, 10));
        assertRefused("layer size is 0; it must be in 1..65536", List.of(6, 0, 4));
        assertRefused("layer size is -1; it must be in 1..65536", List.of(6, -1, 4));
        assertRefused("parameter count is 4295753732; it must be in 1..67108864", List.of(6, 65536, 65536, 4));
    }

    /// Each row of the layers with one output is padded to 16 floats.
    @Test
    void aSnapshotThatTakesTooMuchMemoryIsRefused() {
        List<Integer> sizes = new ArrayList<>(List.of(6));
        for (int i = 0; i < 8; i++) {
            sizes.addAll(List.of(65_536, 1));
        }
        sizes.add(4);
        assertRefused("its layers take 9765024 floats in memory; they must take at most 8355840", sizes);
    }

    @Test
    void aSnapshotWithoutLayersFitsNoImages() {
        WeightSnapshot none = withLayers(new Layers(List.of(), "RELU", "SOFTMAX"), new byte[112]);
        assertThat(Snapshots.fits(none, Samples.FORMAT)).isFalse();
    }

    @Test
    void aSnapshotOfOtherImagesOrClassesIsRefused() {
        assertRefused("its layers are 7,4, but images of 3x2 in 4 classes need 6 inputs and 4 outputs", List.of(7, 4));
        assertRefused("its layers are 6,5, but images of 3x2 in 4 classes need 6 inputs and 4 outputs", List.of(6, 5));
    }

    @Test
    void aSnapshotWithTooManyOrTooFewParametersIsRefused() {
        for (int bytes : new int[] {0, 111, 113}) {
            assertInvalid(
                    RejectReason.BAD_SNAPSHOT,
                    "snapshot digits v1 is refused: parameters have " + bytes
                            + " bytes; it must have 112 for the shape 6,4",
                    () -> Snapshots.network(
                            withLayers(new Layers(List.of(6, 4), "RELU", "SOFTMAX"), new byte[bytes]), Samples.FORMAT));
        }
    }

    private static void assertRefused(String why, List<Integer> sizes) {
        assertInvalid(
                RejectReason.BAD_SNAPSHOT,
                "snapshot digits v1 is refused: " + why,
                () -> Snapshots.network(
                        withLayers(new Layers(sizes, "RELU", "SOFTMAX"), new byte[112]), Samples.FORMAT));
    }

    private static WeightSnapshot withLayers(Layers layers, byte[] parameters) {
        WeightSnapshot some = Samples.withParameters(Samples.snapshot(1), 1, parameters);
        return new WeightSnapshot(some.id(), layers, parameters, some.progress(), some.training());
    }

    private static void assertInvalid(RejectReason reason, String message, ThrowingCallable call) {
        assertThatExceptionOfType(InvalidRecordException.class)
                .isThrownBy(call)
                .withMessage(message)
                .matches(e -> e.reason() == reason);
    }
}
