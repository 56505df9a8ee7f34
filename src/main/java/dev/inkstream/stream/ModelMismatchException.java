package dev.inkstream.stream;

/// A trainer was started with settings other than those its model was trained with.
public final class ModelMismatchException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ModelMismatchException(String model, String trainedWith, String startedWith) {
        super("model " + model + " was trained with [" + trainedWith + "], but this trainer was started with ["
                + startedWith + "]; start it with the same settings, or begin another model with --model NAME");
    }
}
