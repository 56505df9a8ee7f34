package dev.inkstream.record;

/// How far training had come when a snapshot was published. Immutable.
///
/// @param examples labeled images trained on so far
/// @param miniBatches mini-batches trained so far
/// @param lastOffset offset in `labeled-images` of the last record trained on; -1 before the first
/// @param recent how the examples since the version before were classified, each before it was trained on
public record TrainingProgress(long examples, long miniBatches, long lastOffset, Prequential recent) {

    /// Test, then train: accuracy and loss on examples that the weights had not seen.
    ///
    /// @param examples how many
    /// @param correct how many of them were classified correctly
    /// @param meanLoss their mean loss; 0 without examples
    public record Prequential(long examples, long correct, double meanLoss) {
        /// @throws InvalidRecordException if a count is out of range
        public Prequential {
            if (examples < 0 || correct < 0 || correct > examples) {
                throw new InvalidRecordException(
                        RejectReason.UNDECODABLE,
                        correct + " of " + examples + " recent examples correct is impossible");
            }
        }
    }

    /// Before any training.
    public static TrainingProgress none() {
        return new TrainingProgress(0, 0, -1, new Prequential(0, 0, 0));
    }

    /// @throws InvalidRecordException if a count is negative
    public TrainingProgress {
        if (examples < 0 || miniBatches < 0 || lastOffset < -1) {
            throw new InvalidRecordException(
                    RejectReason.UNDECODABLE,
                    "training progress is negative: " + examples + " examples, " + miniBatches
                            + " mini-batches, offset " + lastOffset);
        }
    }
}
