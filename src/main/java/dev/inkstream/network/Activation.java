package dev.inkstream.network;

/// What a layer makes of the weighted sums z of its inputs.
public enum Activation {
    /// a = 1 / (1 + exp(-z)), for hidden layers and outputs.
    SIGMOID {
        @Override
        void forward(float[] z, int count, LayerKernels kernels) {
            kernels.sigmoid(z);
        }

        @Override
        void backward(float[] a, float[] gradient, int count) {
            for (int i = 0; i < count; i++) {
                gradient[i] *= a[i] * (1 - a[i]);
            }
        }
    },

    /// a = max(z, 0), for hidden layers; its derivative at 0 is taken as 0.
    RELU {
        @Override
        void forward(float[] z, int count, LayerKernels kernels) {
            for (int i = 0; i < count; i++) {
                z[i] = Math.max(z[i], 0f);
            }
        }

        @Override
        void backward(float[] a, float[] gradient, int count) {
            for (int i = 0; i < count; i++) {
                gradient[i] = a[i] > 0 ? gradient[i] : 0f;
            }
        }
    },

    /// a = max(z, z / 10), for hidden layers (Maas et al. 2013, *Rectifier Nonlinearities Improve Neural Network
    /// Acoustic Models*, there with z / 100); its derivative at 0 is taken as 1 / 10. No unit's gradient is ever zero,
    /// so that none is lost for good when the stream changes, as it is with ReLU.
    LEAKY_RELU {
        @Override
        void forward(float[] z, int count, LayerKernels kernels) {
            for (int i = 0; i < count; i++) {
                z[i] = Math.max(z[i], LEAK * z[i]);
            }
        }

        @Override
        void backward(float[] a, float[] gradient, int count) {
            for (int i = 0; i < count; i++) {
                gradient[i] = a[i] > 0 ? gradient[i] : LEAK * gradient[i];
            }
        }
    },

    /// a = exp(z) / sum of exp(z), for outputs. The largest z is subtracted first, so that no exp overflows; the sum
    /// runs from the first neuron to the last.
    SOFTMAX {
        @Override
        void forward(float[] z, int count, LayerKernels kernels) {
            float max = z[0];
            for (int i = 1; i < count; i++) {
                max = Math.max(max, z[i]);
            }
            for (int i = 0; i < count; i++) {
                z[i] -= max;
            }
            kernels.exp(z);
            float sum = 0;
            for (int i = 0; i < count; i++) {
                sum += z[i];
            }
            for (int i = 0; i < count; i++) {
                z[i] /= sum;
            }
        }

        @Override
        void backward(float[] a, float[] gradient, int count) {
            throw new UnsupportedOperationException("softmax is an output activation; the loss computes its dZ");
        }
    };

    public static final float LEAK = 0.1f;

    /// Turns the sums z into activations a, in place.
    ///
    /// @param z the sums of `count` neurons, padded; what is in the padding afterwards is undefined
    abstract void forward(float[] z, int count, LayerKernels kernels);

    /// Turns dA, the gradient of the loss by the activations, into dZ, by the sums, in place.
    abstract void backward(float[] a, float[] gradient, int count);
}
