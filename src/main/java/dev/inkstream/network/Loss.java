package dev.inkstream.network;

/// How far the outputs are from the label: what learning makes small. Each loss belongs to one activation of the
/// outputs, so that the gradient by their sums z has a simple form.
public enum Loss {
    /// Half the squared distance between the outputs and 1 at the label, 0 elsewhere; for [Activation#SIGMOID].
    QUADRATIC {
        @Override
        float of(float[] a, int count, int label) {
            float sum = 0;
            for (int i = 0; i < count; i++) {
                float error = a[i] - (i == label ? 1 : 0);
                sum = Math.fma(error, error, sum);
            }
            return sum / 2;
        }

        @Override
        void backward(float[] a, int count, int label, float[] dZ) {
            System.arraycopy(a, 0, dZ, 0, count);
            dZ[label] -= 1;
            Activation.SIGMOID.backward(a, dZ, count);
        }
    },

    /// Minus the natural logarithm of the label's output; for [Activation#SOFTMAX], where dZ is just a - y.
    CROSS_ENTROPY {
        @Override
        float of(float[] a, int count, int label) {
            return (float) -StrictMath.log(a[label]);
        }

        @Override
        void backward(float[] a, int count, int label, float[] dZ) {
            System.arraycopy(a, 0, dZ, 0, count);
            dZ[label] -= 1;
        }
    };

    /// The loss of one example.
    ///
    /// @param a the activations of the `count` outputs
    abstract float of(float[] a, int count, int label);

    /// Sets dZ to the gradient of the loss by the sums z of the outputs.
    abstract void backward(float[] a, int count, int label, float[] dZ);
}
