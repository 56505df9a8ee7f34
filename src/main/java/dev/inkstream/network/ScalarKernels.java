package dev.inkstream.network;

import java.util.Arrays;

/// One float at a time: the definition of what every kernel computes.
final class ScalarKernels implements LayerKernels {

    @Override
    public void gather(byte[] pixels, int start, int length, ActiveInputs x) {
        x.setPixels(pixels, start, length);
    }

    @Override
    public void affine(Layer layer, ActiveInputs x, float[] z, Summation order) {
        for (int lane = 0; lane < layer.stride(); lane++) {
            z[lane] = switch (order) {
                case SEQUENTIAL -> sequential(layer, x, lane);
                case INTERLEAVED -> interleaved(layer, x, lane);
            };
        }
    }

    private static float sequential(Layer layer, ActiveInputs x, int lane) {
        float sum = layer.get(layer.inputs(), lane);
        for (int k = 0; k < x.count(); k++) {
            sum = Math.fma(x.values()[k], layer.get(x.indices()[k], lane), sum);
        }
        return sum;
    }

    private static float interleaved(Layer layer, ActiveInputs x, int lane) {
        float s0 = layer.get(layer.inputs(), lane);
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        for (int k = 0; k < x.padded(); k += 4) {
            s0 = Math.fma(x.values()[k], layer.get(x.indices()[k], lane), s0);
            s1 = Math.fma(x.values()[k + 1], layer.get(x.indices()[k + 1], lane), s1);
            s2 = Math.fma(x.values()[k + 2], layer.get(x.indices()[k + 2], lane), s2);
            s3 = Math.fma(x.values()[k + 3], layer.get(x.indices()[k + 3], lane), s3);
        }
        return (s0 + s1) + (s2 + s3);
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
    public void clear(Gradient gradient) {
        int stride = gradient.sum().stride();
        for (int k = 0; k < gradient.touchedCount(); k++) {
            int row = gradient.touchedRows()[k] * stride;
            Arrays.fill(gradient.sum().rows(), row, row + stride, 0f);
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
    public void descend(float step, Gradient gradient, Layer parameters) {
        float[] g = gradient.sum().rows();
        float[] w = parameters.rows();
        int stride = parameters.stride();
        for (int k = 0; k < gradient.touchedCount(); k++) {
            int row = gradient.touchedRows()[k] * stride;
            for (int i = row; i < row + stride; i++) {
                w[i] = Math.fma(-step, g[i], w[i]);
            }
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
