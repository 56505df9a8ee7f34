package dev.inkstream.network;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/// As many floats at a time as the processor takes, up to [Layer#LANES]. The only class that touches
/// `jdk.incubator.vector`, so it must not be used before [Kernels] has found that module.
final class VectorKernels implements LayerKernels {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED.length() <= Layer.LANES
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
    public void gather(byte[] pixels, ActiveInputs x) {
        if (WIDTH < FEWEST_BYTES) {
            x.setPixels(pixels, 0, 0);
            return;
        }
        int[] found = x.indices();
        int n = 0;
        int i = 0;
        for (int end = MANY_BYTES.loopBound(pixels.length); i < end; i += 4 * WIDTH) {
            if (ByteVector.fromArray(MANY_BYTES, pixels, i)
                    .compare(VectorOperators.NE, (byte) 0)
                    .anyTrue()) {
                n = gather(pixels, i, found, n);
                n = gather(pixels, i + WIDTH, found, n);
                n = gather(pixels, i + 2 * WIDTH, found, n);
                n = gather(pixels, i + 3 * WIDTH, found, n);
            }
        }
        for (int end = BYTES.loopBound(pixels.length); i < end; i += WIDTH) {
            n = gather(pixels, i, found, n);
        }
        split(x.indices(), x.values(), n);
        x.setPixels(pixels, i, n);
    }

    private static VectorSpecies<Byte> bytes(int count) {
        return VectorSpecies.of(byte.class, VectorShape.forBitSize(Math.max(count, FEWEST_BYTES) * Byte.SIZE));
    }

    /// Index and pixel of an input are one number until all are found.
    private static int gather(byte[] pixels, int i, int[] found, int n) {
        IntVector pixel = (IntVector)
                ByteVector.fromArray(BYTES, pixels, i).convertShape(VectorOperators.ZERO_EXTEND_B2I, INTS, 0);
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

    /// The sums of up to four vectors of neurons stay in registers while the loop runs over the inputs.
    @Override
    public void affine(Layer layer, ActiveInputs x, float[] z) {
        int stride = layer.stride();
        int lane = 0;
        for (; lane + 4 * WIDTH <= stride; lane += 4 * WIDTH) {
            affine4(layer, x, z, lane);
        }
        for (; lane + 2 * WIDTH <= stride; lane += 2 * WIDTH) {
            affine2(layer, x, z, lane);
        }
        for (; lane < stride; lane += WIDTH) {
            affine1(layer, x, z, lane);
        }
    }

    private static void affine4(Layer layer, ActiveInputs x, float[] z, int lane) {
        float[] rows = layer.rows();
        int stride = layer.stride();
        int[] indices = x.indices();
        float[] values = x.values();
        int biases = layer.inputs() * stride + lane;
        FloatVector z0 = load(rows, biases);
        FloatVector z1 = load(rows, biases + WIDTH);
        FloatVector z2 = load(rows, biases + 2 * WIDTH);
        FloatVector z3 = load(rows, biases + 3 * WIDTH);
        for (int k = 0, count = x.count(); k < count; k++) {
            FloatVector value = FloatVector.broadcast(SPECIES, values[k]);
            int row = indices[k] * stride + lane;
            z0 = value.fma(load(rows, row), z0);
            z1 = value.fma(load(rows, row + WIDTH), z1);
            z2 = value.fma(load(rows, row + 2 * WIDTH), z2);
            z3 = value.fma(load(rows, row + 3 * WIDTH), z3);
        }
        z0.intoArray(z, lane);
        z1.intoArray(z, lane + WIDTH);
        z2.intoArray(z, lane + 2 * WIDTH);
        z3.intoArray(z, lane + 3 * WIDTH);
    }

    private static void affine2(Layer layer, ActiveInputs x, float[] z, int lane) {
        float[] rows = layer.rows();
        int stride = layer.stride();
        int[] indices = x.indices();
        float[] values = x.values();
        FloatVector z0 = load(rows, layer.inputs() * stride + lane);
        FloatVector z1 = load(rows, layer.inputs() * stride + lane + WIDTH);
        for (int k = 0, count = x.count(); k < count; k++) {
            FloatVector value = FloatVector.broadcast(SPECIES, values[k]);
            int row = indices[k] * stride + lane;
            z0 = value.fma(load(rows, row), z0);
            z1 = value.fma(load(rows, row + WIDTH), z1);
        }
        z0.intoArray(z, lane);
        z1.intoArray(z, lane + WIDTH);
    }

    private static void affine1(Layer layer, ActiveInputs x, float[] z, int lane) {
        float[] rows = layer.rows();
        int stride = layer.stride();
        int[] indices = x.indices();
        float[] values = x.values();
        FloatVector z0 = load(rows, layer.inputs() * stride + lane);
        for (int k = 0, count = x.count(); k < count; k++) {
            FloatVector value = FloatVector.broadcast(SPECIES, values[k]);
            z0 = value.fma(load(rows, indices[k] * stride + lane), z0);
        }
        z0.intoArray(z, lane);
    }

    @Override
    public void addGradient(ActiveInputs x, float[] dZ, Layer gradient) {
        int[] indices = x.indices();
        float[] values = x.values();
        int stride = gradient.stride();
        for (int lane = 0; lane < stride; lane += WIDTH) {
            FloatVector d = load(dZ, lane);
            for (int k = 0, count = x.count(); k < count; k++) {
                addTo(gradient.rows(), indices[k] * stride + lane, values[k], d);
            }
            addTo(gradient.rows(), gradient.inputs() * stride + lane, 1f, d);
        }
    }

    private static void addTo(float[] rows, int offset, float value, FloatVector d) {
        FloatVector.broadcast(SPECIES, value).fma(d, load(rows, offset)).intoArray(rows, offset);
    }

    @Override
    public void exp(float[] x) {
        for (int i = 0; i < x.length; i += WIDTH) {
            exp(load(x, i)).intoArray(x, i);
        }
    }

    @Override
    public void sigmoid(float[] x) {
        FloatVector one = FloatVector.broadcast(SPECIES, 1f);
        for (int i = 0; i < x.length; i += WIDTH) {
            one.div(exp(load(x, i).neg()).add(one)).intoArray(x, i);
        }
    }

    /// [Exp#exp], operation by operation.
    private static FloatVector exp(FloatVector x) {
        FloatVector clamped = x.max(Exp.MIN).min(Exp.MAX);
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
        return p.mul(exponent.reinterpretAsFloats());
    }

    @Override
    public void descend(float step, Layer gradient, Layer parameters, int row) {
        float[] g = gradient.rows();
        float[] w = parameters.rows();
        int stride = gradient.stride();
        FloatVector minusStep = broadcast(-step);
        for (int i = row * stride; i < (row + 1) * stride; i += WIDTH) {
            minusStep.fma(load(g, i), load(w, i)).intoArray(w, i);
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

    private static FloatVector load(float[] from, int offset) {
        return FloatVector.fromArray(SPECIES, from, offset);
    }

    private static FloatVector broadcast(float value) {
        return FloatVector.broadcast(SPECIES, value);
    }
}
