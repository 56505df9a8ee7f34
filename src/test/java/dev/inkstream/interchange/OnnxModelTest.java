package dev.inkstream.interchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.inkstream.dataset.DrawnDigits;
import dev.inkstream.dataset.Images;
import dev.inkstream.dataset.RealDigits;
import dev.inkstream.network.Activation;
import dev.inkstream.network.Network;
import dev.inkstream.network.Preset;
import dev.inkstream.network.Workspace;
import dev.inkstream.record.WeightSnapshot;
import dev.inkstream.record.WeightSnapshot.Layers;
import dev.inkstream.stream.Snapshots;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// ONNX Runtime gives the scores of an exported version.
class OnnxModelTest {
    /// A sum of float32 in another order has other last bits, which a softmax may amplify. Of 200,000 scores on MNIST's
    /// test set (both presets) 36 differ by more than this, the largest difference is 2.21e-6.
    private static final float USUAL = 1e-6f;

    private static final float LARGEST = 5e-6f;
    private static final double RARELY = 0.001;

    private static final Images HOLDOUT = DrawnDigits.images(7, 1_000_000, 500);

    @ParameterizedTest
    @EnumSource(Preset.class)
    void aTrainedVersionHasTheSameScores(Preset preset) throws OrtException {
        compare(Trained.on(Trained.digits(), preset, 784, 30, 10), HOLDOUT);
        compare(Trained.on(Trained.digits(), preset, 784, 20, 16, 10), HOLDOUT);
    }

    @Test
    void aVersionTrainedOnRealDigitsHasTheSameScores() throws OrtException {
        var mnist = RealDigits.read();
        for (Preset preset : Preset.values()) {
            compare(
                    Trained.on(mnist.training().slice(0, 30_000), preset, 784, 30, 10),
                    mnist.holdout().slice(0, 5_000));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Activation.class,
            names = {"SIGMOID", "RELU", "LEAKY_RELU"})
    void everyHiddenActivationIsTheSame(Activation hidden) throws OrtException {
        WeightSnapshot some = Trained.small();
        compare(
                new WeightSnapshot(
                        some.id(),
                        new Layers(some.layers().sizes(), hidden.name(), "SIGMOID"),
                        some.parameters(),
                        some.progress(),
                        some.training()),
                HOLDOUT.slice(0, 100));
    }

    @Test
    void saysWhatItIs() throws OrtException {
        WeightSnapshot version = Trained.small();
        try (OrtSession session = OrtEnvironment.getEnvironment()
                .createSession(OnnxModel.write(version), new OrtSession.SessionOptions())) {
            assertThat(session.getMetadata().getProducerName()).isEqualTo("inkstream");
            assertThat(session.getMetadata().getGraphName()).isEqualTo("digits");
            assertThat(session.getMetadata().getVersion()).isEqualTo(7);
            assertThat(session.getMetadata().getCustomMetadata())
                    .isEqualTo(Map.of(
                            "model",
                            "digits",
                            "version",
                            "7",
                            "sha256",
                            version.id().weights().toString(),
                            "training",
                            version.training()));
            assertThat(session.getInputInfo().get("images").getInfo())
                    .isInstanceOfSatisfying(
                            TensorInfo.class,
                            info -> assertThat(info.getShape()).containsExactly(-1, 784));
            assertThat(session.getOutputInfo().get("scores").getInfo())
                    .isInstanceOfSatisfying(
                            TensorInfo.class,
                            info -> assertThat(info.getShape()).containsExactly(-1, 10));
        }
    }

    private static void compare(WeightSnapshot version, Images images) throws OrtException {
        Network network = Snapshots.network(version);
        Workspace workspace = network.newWorkspace();
        float[][] scores = scores(WeightsFormat.ONNX.write(version), images);
        int unusual = 0;
        for (int i = 0; i < images.size(); i++) {
            network.classify(images.pixels(i), workspace);
            float[] expected = workspace.outputs();
            assertThat(scores[i]).hasSameSizeAs(expected);
            for (int j = 0; j < expected.length; j++) {
                assertThat(scores[i][j]).isCloseTo(expected[j], offset(LARGEST));
                unusual += Math.abs(scores[i][j] - expected[j]) > USUAL ? 1 : 0;
            }
        }
        assertThat(unusual).isLessThanOrEqualTo((int) (RARELY * images.size() * scores[0].length));
    }

    private static float[][] scores(byte[] model, Images images) throws OrtException {
        float[][] batch = new float[images.size()][];
        for (int i = 0; i < batch.length; i++) {
            byte[] pixels = images.pixels(i);
            batch[i] = new float[pixels.length];
            for (int p = 0; p < pixels.length; p++) {
                batch[i][p] = Byte.toUnsignedInt(pixels[p]) / 255f;
            }
        }
        OrtEnvironment runtime = OrtEnvironment.getEnvironment();
        try (OrtSession session = runtime.createSession(model, new OrtSession.SessionOptions());
                OnnxTensor input = OnnxTensor.createTensor(runtime, batch);
                OrtSession.Result result = session.run(Map.of("images", input))) {
            assertThat(session.getOutputNames()).containsExactlyElementsOf(List.of("scores"));
            return (float[][]) result.get(0).getValue();
        }
    }
}
