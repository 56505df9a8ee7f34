package dev.inkstream.dataset;

/// Multinomial logistic regression by stochastic gradient descent with a falling learning rate: what can be learned of
/// a set of images without hidden layers.
final class LinearModel {
    private static final float LEARNING_RATE = 0.05f;

    private final int classes;
    /// Shape `[pixels][classes]`, the last row for the bias.
    private final float[] weights;

    private final float[] scores;

    private LinearModel(int inputs, int classes) {
        this.classes = classes;
        this.weights = new float[(inputs + 1) * classes];
        this.scores = new float[classes];
    }

    static LinearModel train(Images images, int epochs) {
        LinearModel model = new LinearModel(images.imageSize().pixels(), images.classes());
        for (int epoch = 0; epoch < epochs; epoch++) {
            float learningRate = LEARNING_RATE * (1 - (float) epoch / epochs);
            for (int i : Shuffle.order(images.size(), 1, epoch)) {
                model.learn(images.pixels(i), images.label(i), learningRate);
            }
        }
        return model;
    }

    /// The fraction of images whose label has the highest score.
    double accuracy(Images images) {
        int right = 0;
        for (int i = 0; i < images.size(); i++) {
            score(images.pixels(i));
            int best = 0;
            for (int c = 1; c < classes; c++) {
                best = scores[c] > scores[best] ? c : best;
            }
            right += best == images.label(i) ? 1 : 0;
        }
        return (double) right / images.size();
    }

    private void learn(byte[] pixels, int label, float learningRate) {
        score(pixels);
        float max = scores[0];
        for (float score : scores) {
            max = Math.max(max, score);
        }
        float sum = 0;
        for (int c = 0; c < classes; c++) {
            scores[c] = (float) Math.exp(scores[c] - max);
            sum += scores[c];
        }
        for (int c = 0; c < classes; c++) {
            scores[c] = learningRate * (scores[c] / sum - (c == label ? 1 : 0));
        }
        for (int pixel = 0; pixel < pixels.length; pixel++) {
            if (pixels[pixel] != 0) {
                add(pixel, Byte.toUnsignedInt(pixels[pixel]) / 255f);
            }
        }
        add(pixels.length, 1);
    }

    private void add(int row, float input) {
        for (int c = 0; c < classes; c++) {
            weights[row * classes + c] -= input * scores[c];
        }
    }

    private void score(byte[] pixels) {
        System.arraycopy(weights, pixels.length * classes, scores, 0, classes);
        for (int pixel = 0; pixel < pixels.length; pixel++) {
            if (pixels[pixel] != 0) {
                float input = Byte.toUnsignedInt(pixels[pixel]) / 255f;
                for (int c = 0; c < classes; c++) {
                    scores[c] += input * weights[pixel * classes + c];
                }
            }
        }
    }
}
