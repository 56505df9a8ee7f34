package dev.inkstream.stream;

/// A role was started with settings other than those its model began with.
public final class ModelMismatchException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private ModelMismatchException(String message) {
        super(message);
    }

    static ModelMismatchException ofTrainer(String model, String trainedWith, String startedWith) {
        return new ModelMismatchException("model " + model + " was trained with [" + trainedWith
                + "], but this trainer was started with [" + startedWith
                + "]; start it with the same settings, or begin another model with --model NAME");
    }

    static ModelMismatchException ofEvaluator(String model, int counted, int classes) {
        return new ModelMismatchException("model " + model + " was evaluated on " + counted
                + " classes, but this evaluator was started with " + classes
                + "; start it with --classes " + counted + ", or begin another model with --model NAME");
    }
}
