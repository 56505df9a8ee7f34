package dev.inkstream.network;

/// The inputs of a layer that are not zero, in ascending order. A sum over inputs runs over these alone.
/// Mutable, not thread-safe.
final class ActiveInputs {
    private final int[] indices;
    private final float[] values;
    private int count;

    ActiveInputs(int inputs) {
        // A kernel may write whole vectors: what lies behind the last active input is undefined.
        indices = new int[inputs + Layer.LANES];
        values = new float[inputs + Layer.LANES];
    }

    /// Takes the active ones of the pixels from `first` on: one unsigned byte each, of which the network sees a
    /// 255th.
    ///
    /// @param active how many there are before them
    void setPixels(byte[] pixels, int first, int active) {
        int n = active;
        for (int i = first; i < pixels.length; i++) {
            int pixel = pixels[i] & 0xff;
            if (pixel != 0) {
                indices[n] = i;
                values[n] = pixel / 255f;
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
