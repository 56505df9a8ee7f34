package dev.inkstream.network;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/// As many floats at a time as the processor takes, up to [Layer#LANES]. With [VectorSums] the only class that touches
/// `jdk.incubator.vector`, so it must not be used before [Kernels] has found that module.
///
/// No method of the two takes or gives a vector. The compiler may decide to call such a method instead of inlining it,
/// and then every vector becomes an object, for as long as the process runs.
final class VectorKernels implements LayerKernels {
    static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED.length() <= Layer.LANES
            ? FloatVector.SPECIES_PREFERRED
            : FloatVector.SPECIES_512;
    static final int WIDTH = SPECIES.length();
    private static final VectorSpecies<Integer> INTS = SPECIES.withLanes(int.class);

    /// There is no vector of fewer bytes.
    private static final int FEWEST_BYTES = 8;

    /// As many bytes as floats, and four times as many.
    private static final VectorSpecies<Byte> BYTES = bytes(WIDTH);
    private static final VectorSpecies<Byte> MANY_BYTES = bytes(4 * WIDTH);

    /// 0, 1, 2, ...
    private static final IntVector LANE =
            (IntVector) INTS.iotaShuffle(0, 1, false).toVector();

    /// Most pixels are zero, so four vectors of them are tested together. A vector's active inputs are written as a
    /// whole vector. What lies behind them is overwritten by the next.
    @Override
    public void gather(byte[] pixels, int start, int length, ActiveInputs x) {
        if (WIDTH < FEWEST_BYTES) {
            x.setPixels(pixels, start, length);
            return;
        }
        int[] found = x.indices();
        int n = 0;
        int i = 0;
        for (int end = MANY_BYTES.loopBound(length); i < end; i += 4 * WIDTH) {
            if (ByteVector.fromArray(MANY_BYTES, pixels, start + i)
                    .compare(VectorOperators.NE, (byte) 0)
                    .anyTrue()) {
                n = gather(pixels, start, i, found, n);
                n = gather(pixels, start, i + WIDTH, found, n);
                n = gather(pixels, start, i + 2 * WIDTH, found, n);
                n = gather(pixels, start, i + 3 * WIDTH, found, n);
            }
        }
        for (int end = BYTES.loopBound(length); i < end; i += WIDTH) {
            n = gather(pixels, start, i, found, n);
        }
        split(x.indices(), x.values(), n);
        x.addPixels(pixels, start, i, length, n);
    }

    private static VectorSpecies<Byte> bytes(int count) {
        return VectorSpecies.of(byte.class, VectorShape.forBitSize(Math.max(count, FEWEST_BYTES) * Byte.SIZE));
    }

    /// Index and pixel of an input are one number until all are found.
    private static int gather(byte[] pixels, int start, int i, int[] found, int n) {
        IntVector pixel = (IntVector)
                ByteVector.fromArray(BYTES, pixels, start + i).convertShape(VectorOperators.ZERO_EXTEND_B2I, INTS, 0);
        VectorMask<Integer> active = pixel.compare(VectorOperators.NE, 0);
        LANE.add(i).lanewise(VectorOperators.LSHL, 8).or(pixel).compress(active).intoArray(found, n);
        return n + active.trueCount();
    }

    private static void split(int[] found, float[] values, int count) {
        for (int k = 0; k < count; k += WIDTH) {
            IntVector both = IntVector.fromArray(INTS, found, k);
            ((FloatVector) both.and(0xff).convertShape(VectorOperators.I2F, SPECIES, 0))
                    .div(255f)
                    .intoArray(values, k);
            both.lanewise(VectorOperators.LSHR, 8).intoArray(found, k);
        }
    }

    @Override
    public void affine(Layer layer, ActiveInputs x, float[] z, Summation order) {
        switch (order) {
            case SEQUENTIAL -> VectorSums.sequential(layer, x, z);
            case INTERLEAVED -> VectorSums.interleaved(layer, x, z);
        }
    }

    /// Up to four vectors of dZ stay in registers, so that each row is visited once for them.
    @Override
    public void addGradient(ActiveInputs x, float[] dZ, Layer gradient) {
        int stride = gradient.stride();
        int lane = 0;
        for (; lane + 4 * WIDTH <= stride; lane += 4 * WIDTH) {
            addGradient4(x, dZ, gradient, lane);
        }
        for (; lane + 2 * WIDTH <= stride; lane += 2 * WIDTH) {
            addGradient2(x, dZ, gradient, lane);
        }
        for (; lane < stride; lane += WIDTH) {
            addGradient1(x, dZ, gradient, lane);
        }
    }

    private static void addGradient4(ActiveInputs x, float[] dZ, Layer gradient, int lane) {
        float[] rows = gradient.rows();
        int stride = gradient.stride();
        int[] indices = x.indices();
        float[] values = x.values();
        FloatVector d0 = fromArray(SPECIES, dZ, lane);
        FloatVector d1 = fromArray(SPECIES, dZ, lane + WIDTH);
        FloatVector d2 = fromArray(SPECIES, dZ, lane + 2 * WIDTH);
        FloatVector d3 = fromArray(SPECIES, dZ, lane + 3 * WIDTH);
        for (int k = 0, count = x.count(); k < count; k++) {
            FloatVector value = broadcast(SPECIES, values[k]);
            int row = indices[k] * stride + lane;
            value.fma(d0, fromArray(SPECIES, rows, row)).intoArray(rows, row);
            value.fma(d1, fromArray(SPECIES, rows, row + WIDTH)).intoArray(rows, row + WIDTH);
            value.fma(d2, fromArray(SPECIES, rows, row + 2 * WIDTH)).intoArray(rows, row + 2 * WIDTH);
            value.fma(d3, fromArray(SPECIES, rows, row + 3 * WIDTH)).intoArray(rows, row + 3 * WIDTH);
        }
        int biases = gradient.inputs() * stride + lane;
        d0.add(fromArray(SPECIES, rows, biases)).intoArray(rows, biases);
        d1.add(fromArray(SPECIES, rows, biases + WIDTH)).intoArray(rows, biases + WIDTH);
        d2.add(fromArray(SPECIES, rows, biases + 2 * WIDTH)).intoArray(rows, biases + 2 * WIDTH);
        d3.add(fromArray(SPECIES, rows, biases + 3 * WIDTH)).intoArray(rows, biases + 3 * WIDTH);
    }

    private static void addGradient2(ActiveInputs x, float[] dZ, Layer gradient, int lane) {
        float[] rows = gradient.rows();
        int stride = gradient.stride();
        int[] indices = x.indices();
        float[] values = x.values();
        FloatVector d0 = fromArray(SPECIES, dZ, lane);
        FloatVector d1 = fromArray(SPECIES, dZ, lane + WIDTH);
        for (int k = 0, count = x.count(); k < count; k++) {
            FloatVector value = broadcast(SPECIES, values[k]);
            int row = indices[k] * stride + lane;
            value.fma(d0, fromArray(SPECIES, rows, row)).intoArray(rows, row);
            value.fma(d1, fromArray(SPECIES, rows, row + WIDTH)).intoArray(rows, row + WIDTH);
        }
        int biases = gradient.inputs() * stride + lane;
        d0.add(fromArray(SPECIES, rows, biases)).intoArray(rows, biases);
        d1.add(fromArray(SPECIES, rows, biases + WIDTH)).intoArray(rows, biases + WIDTH);
    }

    private static void addGradient1(ActiveInputs x, float[] dZ, Layer gradient, int lane) {
        float[] rows = gradient.rows();
        int stride = gradient.stride();
        int[] indices = x.indices();
        float[] values = x.values();
        FloatVector d = fromArray(SPECIES, dZ, lane);
        for (int k = 0, count = x.count(); k < count; k++) {
            int row = indices[k] * stride + lane;
            broadcast(SPECIES, values[k]).fma(d, fromArray(SPECIES, rows, row)).intoArray(rows, row);
        }
        int biases = gradient.inputs() * stride + lane;
        d.add(fromArray(SPECIES, rows, biases)).intoArray(rows, biases);
    }

    @Override
    public void clear(Gradient gradient) {
        float[] rows = gradient.sum().rows();
        int stride = gradient.sum().stride();
        int[] touched = gradient.touchedRows();
        FloatVector zero = FloatVector.zero(SPECIES);
        for (int k = 0, count = gradient.touchedCount(); k < count; k++) {
            int row = touched[k] * stride;
            for (int i = row; i < row + stride; i += WIDTH) {
                zero.intoArray(rows, i);
            }
        }
    }

    @Override
    public void exp(float[] x) {
        exp(1f, x);
    }

    @Override
    public void sigmoid(float[] x) {
        exp(-1f, x);
        FloatVector one = broadcast(SPECIES, 1f);
        for (int i = 0; i < x.length; i += WIDTH) {
            one.div(fromArray(SPECIES, x, i).add(one)).intoArray(x, i);
        }
    }

    /// x = exp(sign · x): [Exp#exp], operation by operation.
    private static void exp(float sign, float[] x) {
        for (int i = 0; i < x.length; i += WIDTH) {
            FloatVector clamped =
                    fromArray(SPECIES, x, i).mul(sign).max(Exp.MIN).min(Exp.MAX);
            FloatVector shifted = clamped.fma(broadcast(SPECIES, Exp.LOG2_E), broadcast(SPECIES, Exp.ROUNDER));
            FloatVector minusN = shifted.sub(Exp.ROUNDER).neg();
            FloatVector r = minusN.fma(broadcast(SPECIES, Exp.LN2_HIGH), clamped);
            r = minusN.fma(broadcast(SPECIES, Exp.LN2_LOW), r);
            FloatVector p = r.fma(broadcast(SPECIES, Exp.C7), broadcast(SPECIES, Exp.C6));
            p = p.fma(r, broadcast(SPECIES, Exp.C5));
            p = p.fma(r, broadcast(SPECIES, Exp.C4));
            p = p.fma(r, broadcast(SPECIES, Exp.C3));
            p = p.fma(r, broadcast(SPECIES, Exp.C2));
            p = p.fma(r.mul(r), r).add(1f);
            IntVector exponent = shifted.reinterpretAsInts()
                    .lanewise(VectorOperators.LSHL, Exp.MANTISSA_BITS)
                    .add(Exp.ONE_BITS);
            p.mul(exponent.reinterpretAsFloats()).intoArray(x, i);
        }
    }

    @Override
    public void descend(float step, Gradient gradient, Layer parameters) {
        float[] g = gradient.sum().rows();
        float[] w = parameters.rows();
        int stride = parameters.stride();
        int[] touched = gradient.touchedRows();
        FloatVector minusStep = broadcast(SPECIES, -step);
        for (int k = 0, count = gradient.touchedCount(); k < count; k++) {
            int row = touched[k] * stride;
            for (int i = row; i < row + stride; i += WIDTH) {
                minusStep
                        .fma(fromArray(SPECIES, g, i), fromArray(SPECIES, w, i))
                        .intoArray(w, i);
            }
        }
    }

    @Override
    public void adam(AdamStep step, Layer gradient, AdamMoments moments, Layer parameters) {
        float[] s = gradient.rows();
        float[] m = moments.mean().rows();
        float[] v = moments.square().rows();
        float[] w = parameters.rows();
        FloatVector meanGain = broadcast(SPECIES, 1f - step.beta1());
        FloatVector squareGain = broadcast(SPECIES, 1f - step.beta2());
        FloatVector minusSize = broadcast(SPECIES, -step.size());
        for (int i = 0; i < w.length; i += WIDTH) {
            FloatVector g = fromArray(SPECIES, s, i).mul(step.gradientScale());
            FloatVector mean = meanGain.fma(g, fromArray(SPECIES, m, i).mul(step.beta1()));
            FloatVector square =
                    squareGain.fma(g.mul(g), fromArray(SPECIES, v, i).mul(step.beta2()));
            // A moment that is tiny becomes 0.
            mean = mean.blend(0f, mean.abs().lt(AdamStep.TINY));
            square = square.blend(0f, square.abs().lt(AdamStep.TINY));
            FloatVector direction = mean.div(square.sqrt().add(step.epsilon()));
            mean.intoArray(m, i);
            square.intoArray(v, i);
            minusSize.fma(direction, fromArray(SPECIES, w, i)).intoArray(w, i);
        }
    }

    @Override
    public void average(float weight, Layer parameters, Layer average) {
        float[] w = parameters.rows();
        float[] a = average.rows();
        FloatVector gain = broadcast(SPECIES, weight);
        for (int i = 0; i < a.length; i += WIDTH) {
            FloatVector old = fromArray(SPECIES, a, i);
            gain.fma(fromArray(SPECIES, w, i).sub(old), old).intoArray(a, i);
        }
    }
}
