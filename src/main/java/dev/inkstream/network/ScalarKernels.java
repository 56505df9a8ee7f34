package dev.inkstream.network;

/// One float at a time: the definition of what every kernel computes.
final class ScalarKernels implements LayerKernels {

    @Override
    public void gather(byte[] pixels, ActiveInputs x) {
        x.setPixels(pixels, 0, 0);
    }

    @Override
    public void affine(Layer layer, ActiveInputs x, float[] z) {
        float[] rows = layer.rows();
        int stride = layer.stride();
        System.arraycopy(rows, layer.inputs() * stride, z, 0, stride);
        for (int k = 0; k < x.count(); k++) {
            int row = x.indices()[k] * stride;
            float value = x.values()[k];
            for (int lane = 0; lane < stride; lane++) {
                z[lane] = Math.fma(value, rows[row + lane], z[lane]);
            }
        }
    }

    @Override
    public void addGradient(ActiveInputs x, float[] dZ, Layer gradient) {
        float[] rows = gradient.rows();
        int stride = gradient.stride();
        for (int k = 0; k < x.count(); k++) {
            addRow(x.values()[k], dZ, rows, x.indices()[k] * stride, stride);
        }
        addRow(1f, dZ, rows, gradient.inputs() * stride, stride);
    }

    private static void addRow(float value, float[] dZ, float[] rows, int row, int stride) {
        for (int lane = 0; lane < stride; lane++) {
            rows[row + lane] = Math.fma(value, dZ[lane], rows[row + lane]);
        }
    }

    @Override
    public void exp(float[] x) {
        for (int i = 0; i < x.length; i++) {
            x[i] = Exp.exp(x[i]);
        }
    }

    @Override
    public void sigmoid(float[] x) {
        for (int i = 0; i < x.length; i++) {
            x[i] = 1f / (1f + Exp.exp(-x[i]));
        }
    }

    @Override
    public void descend(float step, Layer gradient, Layer parameters, int row) {
        float[] g = gradient.rows();
        float[] w = parameters.rows();
        int stride = gradient.stride();
        for (int i = row * stride; i < (row + 1) * stride; i++) {
            w[i] = Math.fma(-step, g[i], w[i]);
        }
    }

    @Override
    public void adam(AdamStep step, Layer gradient, AdamMoments moments, Layer parameters) {
        float[] s = gradient.rows();
        float[] m = moments.mean().rows();
        float[] v = moments.square().rows();
        float[] w = parameters.rows();
        for (int i = 0; i < w.length; i++) {
            float g = s[i] * step.gradientScale();
            m[i] = zeroIfTiny(Math.fma(1f - step.beta1(), g, step.beta1() * m[i]));
            v[i] = zeroIfTiny(Math.fma(1f - step.beta2(), g * g, step.beta2() * v[i]));
            float direction = m[i] / ((float) Math.sqrt(v[i]) + step.epsilon());
            w[i] = Math.fma(-step.size(), direction, w[i]);
        }
    }

    private static float zeroIfTiny(float x) {
        return Math.abs(x) < AdamStep.TINY ? 0f : x;
    }

    @Override
    public void average(float weight, Layer parameters, Layer average) {
        float[] w = parameters.rows();
        float[] a = average.rows();
        for (int i = 0; i < a.length; i++) {
            a[i] = Math.fma(weight, w[i] - a[i], a[i]);
        }
    }
}
