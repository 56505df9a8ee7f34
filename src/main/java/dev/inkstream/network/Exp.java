package dev.inkstream.network;

/// The exponential function in float32, by operations that every kernel can do with the same result.
///
/// Source: `expf` of Stephen Moshier's Cephes library (`single/expf.c`): x = n ln 2 + r with |r| <= ln 2 / 2 (Cody and
/// Waite's two-part reduction, here with fused multiply-add), exp(r) by Cephes' minimax polynomial, times 2^n by adding
/// n to the exponent. Arguments are clamped to [-87, 87], where results are normal numbers; NaN stays NaN. Its relative
/// error against `Math.exp` is at most 1.2e-7, which a test measures.
final class Exp {
    static final float MAX = 87f;
    static final float MIN = -MAX;

    static final float LOG2_E = 1.442695f;
    static final float LN2_HIGH = 0.6933594f;
    static final float LN2_LOW = -2.1219444e-4f;

    /// 1.5 · 2^23: added to a small number, it leaves the nearest whole number in the low bits.
    static final float ROUNDER = 12_582_912f;

    static final float C7 = 1.9875691e-4f;
    static final float C6 = 0.0013981999f;
    static final float C5 = 0.008333452f;
    static final float C4 = 0.041665796f;
    static final float C3 = 0.16666666f;
    static final float C2 = 0.5f;

    static final int MANTISSA_BITS = 23;
    static final int ONE_BITS = 0x3f800000;

    private Exp() {}

    static float exp(float x) {
        float clamped = Math.min(Math.max(x, MIN), MAX);
        float shifted = Math.fma(clamped, LOG2_E, ROUNDER);
        float n = shifted - ROUNDER;
        float r = Math.fma(-n, LN2_LOW, Math.fma(-n, LN2_HIGH, clamped));
        float p = Math.fma(C7, r, C6);
        p = Math.fma(p, r, C5);
        p = Math.fma(p, r, C4);
        p = Math.fma(p, r, C3);
        p = Math.fma(p, r, C2);
        p = Math.fma(p, r * r, r) + 1f;
        return p * Float.intBitsToFloat((Float.floatToRawIntBits(shifted) << MANTISSA_BITS) + ONE_BITS);
    }
}
