package dev.inkstream.network;

/// The inputs of a layer that are not zero, in ascending order. A sum over inputs runs over these alone.
/// Mutable, not thread-safe.
final class ActiveInputs {
    private static final int PIXEL_VALUES = 256;

    private final int[] indices;
    private final float[] values;
    private int count;

    ActiveInputs(int inputs) {
        indices = new int[inputs];
        values = new float[inputs];
    }

    /// What the network sees of each 8-bit pixel: the pixel / 255.
    static float[] pixelScale() {
        float[] scale = new float[PIXEL_VALUES];
        for (int pixel = 0; pixel < PIXEL_VALUES; pixel++) {
            scale[pixel] = pixel / 255f;
        }
        return scale;
    }

    /// Takes the pixels that are not zero, one unsigned byte each, scaled.
    void setPixels(byte[] pixels, float[] scale) {
        int n = 0;
        for (int i = 0; i < pixels.length; i++) {
            int pixel = pixels[i] & 0xff;
            if (pixel != 0) {
                indices[n] = i;
                values[n] = scale[pixel];
                n++;
            }
        }
        count = n;
    }

    /// Takes the first `length` values that are not zero.
    void setValues(float[] dense, int length) {
        int n = 0;
        for (int i = 0; i < length; i++) {
            if (dense[i] != 0) {
                indices[n] = i;
                values[n] = dense[i];
                n++;
            }
        }
        count = n;
    }

    int count() {
        return count;
    }

    /// The indices of the active inputs, in the first [#count()] places. Not a copy.
    int[] indices() {
        return indices;
    }

    /// The values of the active inputs, in the first [#count()] places. Not a copy.
    float[] values() {
        return values;
    }
}
