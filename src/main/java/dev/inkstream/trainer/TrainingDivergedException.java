package dev.inkstream.trainer;

import dev.inkstream.network.DivergedException;

/// Training cannot continue at a record: its loss is not finite, or a parameter is not. Nothing was published at this
/// record. A trainer that is started again stops at the same one.
public final class TrainingDivergedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private TrainingDivergedException(String message) {
        super(message);
    }

    /// The parameters are finite: without the record, training can continue.
    ///
    /// @param where the record: its topic, partition and offset
    static TrainingDivergedException atLoss(String model, String where) {
        return new TrainingDivergedException("model " + model + " diverges at " + where
                + ": the loss of this record is not finite; look at the record, and start the trainer with"
                + " --on-divergence skip to send it to the dead letters");
    }

    /// @param where the record at which it was found: its topic, partition and offset
    static TrainingDivergedException atParameters(String model, String where, DivergedException cause) {
        TrainingDivergedException exception = new TrainingDivergedException("model " + model + " diverged at " + where
                + ": " + cause.getMessage() + "; start another model with --model NAME and another --seed or --hidden");
        exception.initCause(cause);
        return exception;
    }
}
