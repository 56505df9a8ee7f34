package dev.inkstream.record;

/// Names one version of a model beyond doubt. Immutable.
///
/// @param model the model's name, not empty
/// @param version counts the snapshots of the model from 0
/// @param weights digest of the parameters
public record ModelVersion(String model, long version, Sha256 weights) {
    /// @throws InvalidRecordException if the name is empty or the version negative
    public ModelVersion {
        if (model.isEmpty()) {
            throw new InvalidRecordException(
                    RejectReason.UNDECODABLE, "model name is empty; it must have at least one character");
        }
        if (version < 0) {
            throw new InvalidRecordException(
                    RejectReason.UNDECODABLE, "version is " + version + "; it must be 0 or more");
        }
    }

    @Override
    public String toString() {
        return model + " v" + version + " (" + weights.abbreviated() + ")";
    }
}
