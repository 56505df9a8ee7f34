package dev.inkstream.network;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/// As many floats at a time as the processor takes, up to [Layer#LANES]. With [VectorSums] the only
/// class that touches `jdk.incubator.vector`, so it must not be used before [Kernels] has found that module.
final class VectorKernels implements LayerKernels {
    static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED.length() <= Layer.LANES
            ? FloatVector.SPECIES_PREFERRED
            : FloatVector.SPECIES_512;
    static final int WIDTH = SPECIES.length();
    private static final VectorSpecies<Integer> INTS = SPECIES.withLanes(int.class);
    /// As many bytes as floats, and four times as many. There is no vector of fewer than 8 bytes.
    private static final int FEWEST_BYTES = 8;

    private static final VectorSpecies<Byte> BYTES = bytes(WIDTH);
    private static final VectorSpecies<Byte> MANY_BYTES = bytes(4 * WIDTH);
    /// 0, 1, 2, ...
    private static final IntVector LANE =
            (IntVector) INTS.iotaShuffle(0, 1, false).toVector();

    /// Most pixels are zero: four vectors of them are looked at together. Whole vectors are written one after the
    /// other, each over what the one before left behind its active inputs.
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
        FloatVector d0 = load(dZ, lane);
        FloatVector d1 = load(dZ, lane + WIDTH);
        FloatVector d2 = load(dZ, lane + 2 * WIDTH);
        FloatVector d3 = load(dZ, lane + 3 * WIDTH);
        for (int k = 0, count = x.count(); k < count; k++) {
            FloatVector value = broadcast(values[k]);
            int row = indices[k] * stride + lane;
            add(rows, row, value, d0);
            add(rows, row + WIDTH, value, d1);
            add(rows, row + 2 * WIDTH, value, d2);
            add(rows, row + 3 * WIDTH, value, d3);
        }
        FloatVector one = broadcast(1f);
        int biases = gradient.inputs() * stride + lane;
        add(rows, biases, one, d0);
        add(rows, biases + WIDTH, one, d1);
        add(rows, biases + 2 * WIDTH, one, d2);
        add(rows, biases + 3 * WIDTH, one, d3);
    }

    private static void addGradient2(ActiveInputs x, float[] dZ, Layer gradient, int lane) {
        float[] rows = gradient.rows();
        int stride = gradient.stride();
        int[] indices = x.indices();
        float[] values = x.values();
        FloatVector d0 = load(dZ, lane);
        FloatVector d1 = load(dZ, lane + WIDTH);
        for (int k = 0, count = x.count(); k < count; k++) {
            FloatVector value = broadcast(values[k]);
            int row = indices[k] * stride + lane;
            add(rows, row, value, d0);
            add(rows, row + WIDTH, value, d1);
        }
        FloatVector one = broadcast(1f);
        add(rows, gradient.inputs() * stride + lane, one, d0);
        add(rows, gradient.inputs() * stride + lane + WIDTH, one, d1);
    }

    private static void addGradient1(ActiveInputs x, float[] dZ, Layer gradient, int lane) {
        float[] rows = gradient.rows();
        int stride = gradient.stride();
        int[] indices = x.indices();
        float[] values = x.values();
        FloatVector d = load(dZ, lane);
        for (int k = 0, count = x.count(); k < count; k++) {
            add(rows, indices[k] * stride + lane, broadcast(values[k]), d);
        }
        add(rows, gradient.inputs() * stride + lane, broadcast(1f), d);
    }

    private static void add(float[] rows, int offset, FloatVector value, FloatVector d) {
        value.fma(d, load(rows, offset)).intoArray(rows, offset);
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
        FloatVector one = broadcast(1f);
        for (int i = 0; i < x.length; i += WIDTH) {
            one.div(load(x, i).add(one)).intoArray(x, i);
        }
    }

    /// x = exp(sign · x): [Exp#exp], operation by operation. It is one loop with nothing to call: a method that takes
    /// a vector and is as long as this is not inlined everywhere, and then every vector becomes an object.
    private static void exp(float sign, float[] x) {
        for (int i = 0; i < x.length; i += WIDTH) {
            FloatVector clamped = load(x, i).mul(sign).max(Exp.MIN).min(Exp.MAX);
            FloatVector shifted = clamped.fma(broadcast(Exp.LOG2_E), broadcast(Exp.ROUNDER));
            FloatVector minusN = shifted.sub(Exp.ROUNDER).neg();
            FloatVector r = minusN.fma(broadcast(Exp.LN2_HIGH), clamped);
            r = minusN.fma(broadcast(Exp.LN2_LOW), r);
            FloatVector p = r.fma(broadcast(Exp.C7), broadcast(Exp.C6));
            p = p.fma(r, broadcast(Exp.C5));
            p = p.fma(r, broadcast(Exp.C4));
            p = p.fma(r, broadcast(Exp.C3));
            p = p.fma(r, broadcast(Exp.C2));
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
        FloatVector minusStep = broadcast(-step);
        for (int k = 0, count = gradient.touchedCount(); k < count; k++) {
            int row = touched[k] * stride;
            for (int i = row; i < row + stride; i += WIDTH) {
                minusStep.fma(load(g, i), load(w, i)).intoArray(w, i);
            }
        }
    }

    @Override
    public void adam(AdamStep step, Layer gradient, AdamMoments moments, Layer parameters) {
        float[] s = gradient.rows();
        float[] m = moments.mean().rows();
        float[] v = moments.square().rows();
        float[] w = parameters.rows();
        FloatVector meanGain = broadcast(1f - step.beta1());
        FloatVector squareGain = broadcast(1f - step.beta2());
        FloatVector minusSize = broadcast(-step.size());
        for (int i = 0; i < w.length; i += WIDTH) {
            FloatVector g = load(s, i).mul(step.gradientScale());
            FloatVector mean = zeroIfTiny(meanGain.fma(g, load(m, i).mul(step.beta1())));
            FloatVector square = zeroIfTiny(squareGain.fma(g.mul(g), load(v, i).mul(step.beta2())));
            FloatVector direction = mean.div(square.sqrt().add(step.epsilon()));
            mean.intoArray(m, i);
            square.intoArray(v, i);
            minusSize.fma(direction, load(w, i)).intoArray(w, i);
        }
    }

    private static FloatVector zeroIfTiny(FloatVector x) {
        return x.blend(0f, x.abs().lt(AdamStep.TINY));
    }

    @Override
    public void average(float weight, Layer parameters, Layer average) {
        float[] w = parameters.rows();
        float[] a = average.rows();
        FloatVector gain = broadcast(weight);
        for (int i = 0; i < a.length; i += WIDTH) {
            FloatVector old = load(a, i);
            gain.fma(load(w, i).sub(old), old).intoArray(a, i);
        }
    }

    static FloatVector load(float[] from, int offset) {
        return FloatVector.fromArray(SPECIES, from, offset);
    }

    static FloatVector broadcast(float value) {
        return FloatVector.broadcast(SPECIES, value);
    }
}
