package dev.inkstream.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Compares the vector kernels with the scalar ones, to the bit, with outputs around the borders of lanes.
class KernelsAgreeTest {
    private static final int INPUTS = 23;

    private final Random random = new Random(1);

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 8, 9, 15, 16, 17, 30, 31, 32, 33, 47, 48, 49, 63, 64, 65, 100, 112, 127, 128, 129})
    void onEveryOperation(int outputs) {
        Layer layer = layer(outputs, 1);
        ActiveInputs x = activeInputs();
        float[] dZ = padded(outputs);
        for (Summation order : Summation.values()) {
            requireSame(outputs, (kernels, result) -> {
                float[] z = new float[layer.stride()];
                kernels.affine(layer, x, z, order);
                System.arraycopy(z, 0, result.rows(), 0, z.length);
            });
        }
        requireSame(outputs, (kernels, result) -> kernels.addGradient(x, dZ, result));
        requireSame(outputs, (kernels, result) -> kernels.descend(0.3f, touched(x, dZ, kernels), result));
        requireSame(outputs, (kernels, result) -> {
            Gradient cleared = touched(x, dZ, kernels);
            cleared.clear(kernels);
            System.arraycopy(cleared.sum().rows(), 0, result.rows(), 0, result.rows().length);
        });
        requireSame(outputs, (kernels, result) -> kernels.average(0.01f, layer, result));
        requireSame(outputs, (kernels, result) -> kernels.exp(result.rows()));
        requireSame(outputs, (kernels, result) -> kernels.sigmoid(result.rows()));
    }

    /// From none to all pixels active, with sizes around the borders of vectors.
    @ParameterizedTest
    @ValueSource(ints = {1, 7, 8, 15, 16, 17, 31, 33, 63, 64, 65, 127, 129, 256, 784, 1_000})
    void onPixels(int size) {
        for (int percent : new int[] {0, 1, 20, 99, 100}) {
            byte[] pixels = new byte[size];
            for (int i = 0; i < size; i++) {
                pixels[i] = (byte) (random.nextInt(100) < percent ? 1 + random.nextInt(255) : 0);
            }
            ActiveInputs scalar = new ActiveInputs(size);
            ActiveInputs vector = new ActiveInputs(size);
            byte[] longer = new byte[size + 5];
            System.arraycopy(pixels, 0, longer, 3, size);
            Fixtures.SCALAR.gather(pixels, 0, size, scalar);
            // What an image before left behind is not seen.
            Fixtures.VECTOR.gather(filled(size), 0, size, vector);
            Fixtures.VECTOR.gather(longer, 3, size, vector);
            int count = scalar.count();
            assertThat(vector.count()).isEqualTo(count);
            int zeros = vector.padded() - count;
            assertThat(zeros).isBetween(0, 3);
            assertThat(Arrays.copyOfRange(vector.values(), count, count + zeros))
                    .isEqualTo(new float[zeros]);
            assertThat(Arrays.copyOfRange(vector.indices(), count, count + zeros))
                    .isEqualTo(new int[zeros]);
            assertThat(Arrays.copyOf(vector.indices(), count)).isEqualTo(Arrays.copyOf(scalar.indices(), count));
            assertThat(Arrays.copyOf(vector.values(), count)).isEqualTo(Arrays.copyOf(scalar.values(), count));
        }
    }

    private static byte[] filled(int size) {
        byte[] pixels = new byte[size];
        Arrays.fill(pixels, (byte) -1);
        return pixels;
    }

    /// Moments of ordinary size, on both sides of what counts as zero, and below it.
    @ParameterizedTest
    @ValueSource(floats = {1f, 1e-28f, 1e-30f, 1e-33f})
    void onAdam(float size) {
        AdamStep step = AdamStep.of(new Optimizer.Adam(0.01f, 0.9f, 0.99f, 1e-8f), 10, 3);
        for (int outputs : new int[] {1, 7, 8, 9, 15, 16, 17, 30, 33, 65}) {
            Layer gradient = layer(outputs, size);
            AdamMoments scalar = new AdamMoments(layer(outputs, size), absolute(layer(outputs, size)));
            AdamMoments vector = new AdamMoments(copy(scalar.mean()), copy(scalar.square()));
            Layer scalarResult = layer(outputs, 1);
            Layer vectorResult = copy(scalarResult);
            Fixtures.SCALAR.adam(step, gradient, scalar, scalarResult);
            Fixtures.VECTOR.adam(step, gradient, vector, vectorResult);
            assertThat(bits(vectorResult)).isEqualTo(bits(scalarResult));
            assertThat(bits(vector.mean())).isEqualTo(bits(scalar.mean()));
            assertThat(bits(vector.square())).isEqualTo(bits(scalar.square()));
            if (size < 1e-32f) {
                assertThat(bits(scalar.mean())).containsOnly(0);
                assertThat(bits(scalar.square())).containsOnly(0);
            }
        }
    }

    private static Gradient touched(ActiveInputs x, float[] dZ, LayerKernels kernels) {
        Gradient gradient = new Gradient(INPUTS, dZ.length);
        gradient.add(x, dZ, kernels);
        gradient.complete();
        return gradient;
    }

    private interface Operation {
        void run(LayerKernels kernels, Layer result);
    }

    private void requireSame(int outputs, Operation operation) {
        Layer scalar = layer(outputs, 1);
        Layer vector = copy(scalar);
        int[] untouched = bits(scalar);
        operation.run(Fixtures.SCALAR, scalar);
        operation.run(Fixtures.VECTOR, vector);
        assertThat(bits(vector)).isEqualTo(bits(scalar)).isNotEqualTo(untouched);
    }

    private static Layer copy(Layer layer) {
        return Layer.copy(new Layer[] {layer})[0];
    }

    private static Layer absolute(Layer layer) {
        for (int i = 0; i < layer.rows().length; i++) {
            layer.rows()[i] = Math.abs(layer.rows()[i]);
        }
        return layer;
    }

    private static int[] bits(Layer layer) {
        int[] bits = new int[layer.rows().length];
        Arrays.setAll(bits, i -> Float.floatToIntBits(layer.rows()[i]));
        return bits;
    }

    private Layer layer(int outputs, double scale) {
        Layer layer = Layer.zeros(INPUTS, outputs);
        for (int row = 0; row <= INPUTS; row++) {
            for (int out = 0; out < outputs; out++) {
                layer.set(row, out, (float) (scale * random.nextGaussian()));
            }
        }
        return layer;
    }

    private ActiveInputs activeInputs() {
        ActiveInputs x = new ActiveInputs(INPUTS);
        x.setPixels(Examples.pixels(INPUTS, random), 0, INPUTS);
        assertThat(x.count()).isBetween(1, INPUTS - 1);
        return x;
    }

    private float[] padded(int neurons) {
        float[] values = new float[Layer.padded(neurons)];
        for (int i = 0; i < neurons; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
