package dev.inkstream.network;

/// The loss of one example in float64, by the formulas and nothing else: what the gradient is checked against.
final class ReferenceLoss {
    private final Architecture architecture;
    private final double[][][] rows;

    ReferenceLoss(Architecture architecture, Layer[] layers) {
        this.architecture = architecture;
        rows = new double[layers.length][][];
        for (int l = 0; l < layers.length; l++) {
            rows[l] = new double[layers[l].inputs() + 1][layers[l].outputs()];
            for (int row = 0; row <= layers[l].inputs(); row++) {
                for (int out = 0; out < layers[l].outputs(); out++) {
                    rows[l][row][out] = layers[l].get(row, out);
                }
            }
        }
    }

    /// The central difference of the loss by one parameter.
    double derivative(Examples.Example example, int layer, int row, int out) {
        double step = 1e-6;
        double value = rows[layer][row][out];
        rows[layer][row][out] = value + step;
        double above = of(example);
        rows[layer][row][out] = value - step;
        double below = of(example);
        rows[layer][row][out] = value;
        return (above - below) / (2 * step);
    }

    double of(Examples.Example example) {
        double[] a = new double[example.pixels().length];
        for (int i = 0; i < a.length; i++) {
            a[i] = (example.pixels()[i] & 0xff) / 255.0;
        }
        for (int l = 0; l < rows.length; l++) {
            a = activate(architecture.activation(l), sums(rows[l], a));
        }
        if (architecture.output() == Activation.SOFTMAX) {
            return -Math.log(a[example.label()]);
        }
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            double error = a[i] - (i == example.label() ? 1 : 0);
            sum += error * error;
        }
        return sum / 2;
    }

    private static double[] sums(double[][] rows, double[] a) {
        double[] z = rows[a.length].clone();
        for (int in = 0; in < a.length; in++) {
            for (int out = 0; out < z.length; out++) {
                z[out] += a[in] * rows[in][out];
            }
        }
        return z;
    }

    private static double[] activate(Activation activation, double[] z) {
        double[] a = new double[z.length];
        double sum = 0;
        for (int i = 0; i < z.length; i++) {
            a[i] = switch (activation) {
                case SIGMOID -> 1 / (1 + Math.exp(-z[i]));
                case RELU -> Math.max(z[i], 0);
                case LEAKY_RELU -> z[i] > 0 ? z[i] : 0.1 * z[i];
                case SOFTMAX -> Math.exp(z[i]);
            };
            sum += a[i];
        }
        for (int i = 0; activation == Activation.SOFTMAX && i < z.length; i++) {
            a[i] /= sum;
        }
        return a;
    }
}
