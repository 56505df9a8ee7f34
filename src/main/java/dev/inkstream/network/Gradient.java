package dev.inkstream.network;

import java.util.Arrays;

/// The gradient of the loss by the parameters of one layer, summed over the examples of a mini-batch. It remembers
/// which rows are not zero: those of inputs that were active, and that of the biases. Mutable, not thread-safe.
final class Gradient {
    private final Layer sum;
    private final boolean[] touched;
    private final int[] touchedRows;
    private int touchedCount;

    Gradient(int inputs, int outputs) {
        sum = Layer.zeros(inputs, outputs);
        touched = new boolean[inputs + 1];
        touchedRows = new int[inputs + 2];
    }

    static Gradient[] zeros(NetworkShape shape) {
        Gradient[] gradients = new Gradient[shape.layers()];
        Arrays.setAll(gradients, l -> new Gradient(shape.inputs(l), shape.outputs(l)));
        return gradients;
    }

    /// Adds the gradient of one example: dWeights += x ⊗ dZ, dBiases += dZ.
    void add(ActiveInputs x, float[] dZ, LayerKernels kernels) {
        kernels.addGradient(x, dZ, sum);
        int[] indices = x.indices();
        for (int k = 0, count = x.count(); k < count; k++) {
            touched[indices[k]] = true;
        }
        touched[sum.inputs()] = true;
    }

    /// Notes which rows the mini-batch touched, after its last example. Written without a branch: which rows are is
    /// hard to predict.
    void complete() {
        int count = 0;
        for (int row = 0; row < touched.length; row++) {
            touchedRows[count] = row;
            count += touched[row] ? 1 : 0;
        }
        touchedCount = count;
    }

    /// The summed gradient itself, not a copy.
    Layer sum() {
        return sum;
    }

    /// How many rows may differ from zero; right when [#complete()].
    int touchedCount() {
        return touchedCount;
    }

    /// The rows that may differ from zero, in the first [#touchedCount()] places. Not a copy.
    int[] touchedRows() {
        return touchedRows;
    }

    /// The sum of the squares of all elements, row by row in rising order, whichever input was active first.
    double sumOfSquares() {
        float[] rows = sum.rows();
        int stride = sum.stride();
        double squares = 0;
        for (int row = 0; row < touched.length; row++) {
            if (touched[row]) {
                for (int i = row * stride; i < (row + 1) * stride; i++) {
                    squares += (double) rows[i] * rows[i];
                }
            }
        }
        return squares;
    }

    /// Forgets a mini-batch that is complete.
    void clear(LayerKernels kernels) {
        kernels.clear(this);
        touchedCount = 0;
        Arrays.fill(touched, false);
    }
}
