package dev.inkstream.network;

import static dev.inkstream.network.VectorKernels.SPECIES;
import static dev.inkstream.network.VectorKernels.WIDTH;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;

import jdk.incubator.vector.FloatVector;

/// The sums of a layer, with vectors. The partial sums of as many neurons as registers allow stay in registers while
/// the loop runs over the inputs.
final class VectorSums {
    /// AVX-512 has 32 registers, everything older 16.
    private static final boolean MANY_REGISTERS = WIDTH == Layer.LANES;

    private VectorSums() {}

    /// [Summation#SEQUENTIAL].
    static void sequential(Layer layer, ActiveInputs x, float[] z) {
        float[] rows = layer.rows();
        int stride = layer.stride();
        int[] indices = x.indices();
        float[] values = x.values();
        for (int lane = 0; lane < stride; lane += WIDTH) {
            FloatVector sum = fromArray(SPECIES, rows, layer.inputs() * stride + lane);
            for (int k = 0, count = x.count(); k < count; k++) {
                sum = broadcast(SPECIES, values[k]).fma(fromArray(SPECIES, rows, indices[k] * stride + lane), sum);
            }
            sum.intoArray(z, lane);
        }
    }

    /// [Summation#INTERLEAVED].
    static void interleaved(Layer layer, ActiveInputs x, float[] z) {
        int stride = layer.stride();
        int lane = 0;
        if (MANY_REGISTERS) {
            for (; lane + 4 * WIDTH <= stride; lane += 4 * WIDTH) {
                interleaved4(layer, x, z, lane);
            }
        }
        for (; lane + 2 * WIDTH <= stride; lane += 2 * WIDTH) {
            interleaved2(layer, x, z, lane);
        }
        for (; lane < stride; lane += WIDTH) {
            interleaved1(layer, x, z, lane);
        }
    }

    /// Four vectors of neurons: `a0` to `d0` are their first partial sums, and so on. Longer than other methods, since
    /// parts of its one loop would be methods that take and give vectors.
    private static void interleaved4(Layer layer, ActiveInputs x, float[] z, int lane) {
        float[] rows = layer.rows();
        int stride = layer.stride();
        int[] indices = x.indices();
        float[] values = x.values();
        int biases = layer.inputs() * stride + lane;
        FloatVector zero = FloatVector.zero(SPECIES);
        FloatVector a0 = fromArray(SPECIES, rows, biases), a1 = zero, a2 = zero, a3 = zero;
        FloatVector b0 = fromArray(SPECIES, rows, biases + WIDTH), b1 = zero, b2 = zero, b3 = zero;
        FloatVector c0 = fromArray(SPECIES, rows, biases + 2 * WIDTH), c1 = zero, c2 = zero, c3 = zero;
        FloatVector d0 = fromArray(SPECIES, rows, biases + 3 * WIDTH), d1 = zero, d2 = zero, d3 = zero;
        for (int k = 0, end = x.padded(); k < end; k += 4) {
            FloatVector value = broadcast(SPECIES, values[k]);
            int row = indices[k] * stride + lane;
            a0 = value.fma(fromArray(SPECIES, rows, row), a0);
            b0 = value.fma(fromArray(SPECIES, rows, row + WIDTH), b0);
            c0 = value.fma(fromArray(SPECIES, rows, row + 2 * WIDTH), c0);
            d0 = value.fma(fromArray(SPECIES, rows, row + 3 * WIDTH), d0);
            value = broadcast(SPECIES, values[k + 1]);
            row = indices[k + 1] * stride + lane;
            a1 = value.fma(fromArray(SPECIES, rows, row), a1);
            b1 = value.fma(fromArray(SPECIES, rows, row + WIDTH), b1);
            c1 = value.fma(fromArray(SPECIES, rows, row + 2 * WIDTH), c1);
            d1 = value.fma(fromArray(SPECIES, rows, row + 3 * WIDTH), d1);
            value = broadcast(SPECIES, values[k + 2]);
            row = indices[k + 2] * stride + lane;
            a2 = value.fma(fromArray(SPECIES, rows, row), a2);
            b2 = value.fma(fromArray(SPECIES, rows, row + WIDTH), b2);
            c2 = value.fma(fromArray(SPECIES, rows, row + 2 * WIDTH), c2);
            d2 = value.fma(fromArray(SPECIES, rows, row + 3 * WIDTH), d2);
            value = broadcast(SPECIES, values[k + 3]);
            row = indices[k + 3] * stride + lane;
            a3 = value.fma(fromArray(SPECIES, rows, row), a3);
            b3 = value.fma(fromArray(SPECIES, rows, row + WIDTH), b3);
            c3 = value.fma(fromArray(SPECIES, rows, row + 2 * WIDTH), c3);
            d3 = value.fma(fromArray(SPECIES, rows, row + 3 * WIDTH), d3);
        }
        a0.add(a1).add(a2.add(a3)).intoArray(z, lane);
        b0.add(b1).add(b2.add(b3)).intoArray(z, lane + WIDTH);
        c0.add(c1).add(c2.add(c3)).intoArray(z, lane + 2 * WIDTH);
        d0.add(d1).add(d2.add(d3)).intoArray(z, lane + 3 * WIDTH);
    }

    private static void interleaved2(Layer layer, ActiveInputs x, float[] z, int lane) {
        float[] rows = layer.rows();
        int stride = layer.stride();
        int[] indices = x.indices();
        float[] values = x.values();
        int biases = layer.inputs() * stride + lane;
        FloatVector zero = FloatVector.zero(SPECIES);
        FloatVector a0 = fromArray(SPECIES, rows, biases), a1 = zero, a2 = zero, a3 = zero;
        FloatVector b0 = fromArray(SPECIES, rows, biases + WIDTH), b1 = zero, b2 = zero, b3 = zero;
        for (int k = 0, end = x.padded(); k < end; k += 4) {
            FloatVector value = broadcast(SPECIES, values[k]);
            int row = indices[k] * stride + lane;
            a0 = value.fma(fromArray(SPECIES, rows, row), a0);
            b0 = value.fma(fromArray(SPECIES, rows, row + WIDTH), b0);
            value = broadcast(SPECIES, values[k + 1]);
            row = indices[k + 1] * stride + lane;
            a1 = value.fma(fromArray(SPECIES, rows, row), a1);
            b1 = value.fma(fromArray(SPECIES, rows, row + WIDTH), b1);
            value = broadcast(SPECIES, values[k + 2]);
            row = indices[k + 2] * stride + lane;
            a2 = value.fma(fromArray(SPECIES, rows, row), a2);
            b2 = value.fma(fromArray(SPECIES, rows, row + WIDTH), b2);
            value = broadcast(SPECIES, values[k + 3]);
            row = indices[k + 3] * stride + lane;
            a3 = value.fma(fromArray(SPECIES, rows, row), a3);
            b3 = value.fma(fromArray(SPECIES, rows, row + WIDTH), b3);
        }
        a0.add(a1).add(a2.add(a3)).intoArray(z, lane);
        b0.add(b1).add(b2.add(b3)).intoArray(z, lane + WIDTH);
    }

    private static void interleaved1(Layer layer, ActiveInputs x, float[] z, int lane) {
        float[] rows = layer.rows();
        int stride = layer.stride();
        int[] indices = x.indices();
        float[] values = x.values();
        FloatVector zero = FloatVector.zero(SPECIES);
        FloatVector a0 = fromArray(SPECIES, rows, layer.inputs() * stride + lane), a1 = zero, a2 = zero, a3 = zero;
        for (int k = 0, end = x.padded(); k < end; k += 4) {
            a0 = broadcast(SPECIES, values[k]).fma(fromArray(SPECIES, rows, indices[k] * stride + lane), a0);
            a1 = broadcast(SPECIES, values[k + 1]).fma(fromArray(SPECIES, rows, indices[k + 1] * stride + lane), a1);
            a2 = broadcast(SPECIES, values[k + 2]).fma(fromArray(SPECIES, rows, indices[k + 2] * stride + lane), a2);
            a3 = broadcast(SPECIES, values[k + 3]).fma(fromArray(SPECIES, rows, indices[k + 3] * stride + lane), a3);
        }
        a0.add(a1).add(a2.add(a3)).intoArray(z, lane);
    }
}
