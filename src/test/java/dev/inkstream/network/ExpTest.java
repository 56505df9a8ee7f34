package dev.inkstream.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ExpTest {
    /// Every float in the clamped range has bits up to these.
    private static final int MAX_BITS = Float.floatToIntBits(Exp.MAX);

    @Test
    void isWithinItsErrorOfTheTruth() {
        double worst = 0;
        for (int bits = 0; bits <= MAX_BITS; bits += 499) {
            float x = Float.intBitsToFloat(bits);
            worst = Math.max(worst, Math.max(error(x), error(-x)));
        }
        assertThat(worst).isBetween(5e-8, 1.2e-7);
    }

    private static double error(float x) {
        double truth = Math.exp(x);
        return Math.abs(Exp.exp(x) - truth) / truth;
    }

    @Test
    void isExactWhereItMatters() {
        assertThat(Exp.exp(0f)).isEqualTo(1f);
        assertThat(Exp.exp(-0f)).isEqualTo(1f);
        assertThat(Exp.exp(Float.MIN_VALUE)).isEqualTo(1f);
    }

    @Test
    void clampsWhatWouldOverflowAndKeepsNaN() {
        assertThat(Exp.exp(Float.POSITIVE_INFINITY)).isEqualTo(Exp.exp(87f)).isFinite();
        assertThat(Exp.exp(88f)).isEqualTo(Exp.exp(87f));
        assertThat(Exp.exp(Float.NEGATIVE_INFINITY)).isEqualTo(Exp.exp(-87f)).isGreaterThan(Float.MIN_NORMAL);
        assertThat(Exp.exp(Float.NaN)).isNaN();
    }

    @Test
    void vectorsGiveTheSameBits() {
        float[] x = new float[1 << 16];
        for (int from = 0; from < 1 << 5; from++) {
            for (int i = 0; i < x.length; i++) {
                x[i] = Float.intBitsToFloat((from << 27) + i * 2047);
            }
            requireSame(x);
        }
    }

    @Test
    void vectorsGiveTheSameBitsAtTheEdges() {
        float[] edges = {
            0f,
            -0f,
            Float.MIN_VALUE,
            -Float.MIN_VALUE,
            Float.MIN_NORMAL,
            Float.MAX_VALUE,
            -Float.MAX_VALUE,
            Float.POSITIVE_INFINITY,
            Float.NEGATIVE_INFINITY,
            Float.NaN,
            87f,
            -87f,
            Math.nextUp(87f),
            Math.nextDown(87f),
            Math.nextDown(-87f),
            Math.nextUp(-87f)
        };
        assertThat(edges).hasSize(Layer.LANES);
        requireSame(edges);
        float[] halves = new float[512];
        for (int i = 0; i < halves.length; i++) {
            halves[i] = (float) ((i / 2 - 128) * Math.log(2) / 2) * (i % 2 == 0 ? 1 : 1.0000001f);
        }
        requireSame(halves);
    }

    private static void requireSame(float[] x) {
        assertThat(bits(x, Fixtures.VECTOR, true)).isEqualTo(bits(x, Fixtures.SCALAR, true));
        assertThat(bits(x, Fixtures.VECTOR, false)).isEqualTo(bits(x, Fixtures.SCALAR, false));
    }

    private static int[] bits(float[] x, LayerKernels kernels, boolean exp) {
        float[] y = x.clone();
        if (exp) {
            kernels.exp(y);
        } else {
            kernels.sigmoid(y);
        }
        int[] bits = new int[y.length];
        Arrays.setAll(bits, i -> Float.floatToIntBits(y[i]));
        return bits;
    }
}
