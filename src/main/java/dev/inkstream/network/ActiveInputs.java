package dev.inkstream.network;

/// The inputs of a layer that are not zero, in ascending order. A sum over inputs runs over these alone. Behind them
/// the list is filled up with zeros at input 0, to a multiple of four. Mutable, not thread-safe.
final class ActiveInputs {
    /// Inputs that a kernel takes at a time: as many as [Summation#INTERLEAVED] has partial sums.
    private static final int STEP = 4;

    private final int[] indices;
    private final float[] values;
    private int count;

    ActiveInputs(int inputs) {
        // A kernel may write whole vectors: what lies behind the last active input is undefined.
        indices = new int[inputs + Layer.LANES];
        values = new float[inputs + Layer.LANES];
    }

    /// Takes the active pixels among `pixels[start]` to `pixels[start + length - 1]`: one unsigned byte each, of which
    /// the network sees a 255th.
    void setPixels(byte[] pixels, int start, int length) {
        addPixels(pixels, start, 0, length, 0);
    }

    /// The same for inputs `first` to `end - 1`, behind those that a kernel has found.
    ///
    /// @param found how many there are before them
    void addPixels(byte[] pixels, int start, int first, int end, int found) {
        int n = found;
        for (int i = first; i < end; i++) {
            int pixel = pixels[start + i] & 0xff;
            if (pixel != 0) {
                indices[n] = i;
                values[n] = pixel / 255f;
                n++;
            }
        }
        end(n);
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
        end(n);
    }

    private void end(int n) {
        for (int k = n; k < n + STEP - 1; k++) {
            indices[k] = 0;
            values[k] = 0;
        }
        count = n;
    }

    /// How many are not zero.
    int count() {
        return count;
    }

    /// How many there are with the zeros behind them: a multiple of four.
    int padded() {
        return (count + STEP - 1) & -STEP;
    }

    /// The indices of the active inputs, in the first [#count()] places; zeros from there to [#padded()], which a
    /// kernel may read. What lies behind is undefined. Not a copy.
    int[] indices() {
        return indices;
    }

    /// The values of the active inputs, in the same places; zeros from there to [#padded()]. Not a copy.
    float[] values() {
        return values;
    }
}
