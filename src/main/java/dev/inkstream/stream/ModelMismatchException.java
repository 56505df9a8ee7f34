package dev.inkstream.stream;

import dev.inkstream.record.WeightSnapshot;
import java.util.List;
import java.util.stream.Collectors;

/// A role was started with settings other than those its model began with.
public final class ModelMismatchException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private ModelMismatchException(String message) {
        super(message);
    }

    /// @param differences a sentence for each setting that differs
    public static ModelMismatchException ofTrainer(List<String> differences) {
        return new ModelMismatchException(String.join(" ", differences)
                + " Start the trainer with the settings of the model, or start another model with --model NAME.");
    }

    /// @param role what a person calls the role
    /// @param snapshot of another shape than the role's settings say
    public static ModelMismatchException ofShape(String role, WeightSnapshot snapshot, ImageFormat format) {
        return new ModelMismatchException("model %s v%d has the layers %s, but this %s was started with --image-size"
                        .formatted(
                                snapshot.id().model(),
                                snapshot.id().version(),
                                snapshot.layers().sizes().stream()
                                        .map(String::valueOf)
                                        .collect(Collectors.joining("-")),
                                role)
                + " %dx%d and --classes %d, which need %d inputs and %d outputs; start it with the settings of its trainer, or with another --model NAME"
                        .formatted(
                                format.width(), format.height(), format.classes(), format.pixels(), format.classes()));
    }

    /// @param joined number of partitions of the live join so far
    public static ModelMismatchException ofPartitions(String model, int joined, int partitions) {
        return new ModelMismatchException("the live join of model " + model + " has " + joined
                + " partitions, but this evaluator was started with " + partitions
                + "; start it with --live-partitions " + joined + ", or start another model with --model NAME");
    }

    public static ModelMismatchException ofEvaluator(String model, int counted, int classes) {
        return new ModelMismatchException("model " + model + " was evaluated on " + counted
                + " classes, but this evaluator was started with " + classes
                + "; start it with --classes " + counted + ", or start another model with --model NAME");
    }
}
