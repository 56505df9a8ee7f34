package dev.inkstream.stream.intake;

import dev.inkstream.record.InvalidRecordException;
import dev.inkstream.record.ModelDecision;
import dev.inkstream.record.RejectReason;
import dev.inkstream.record.WeightSnapshot;
import dev.inkstream.signature.Trust;

/// What a topic admits beside what holds for the records of every topic. Immutable.
///
/// @param trust whose records
/// @param shadows whether a snapshot may lie under the key of its model's shadow too
public record Admission(Trust trust, boolean shadows) {
    /// Records of anyone, and no shadows.
    public static final Admission USUAL = new Admission(Trust.ANYONE, false);

    /// What is read by key would otherwise pass for another model.
    ///
    /// @throws InvalidRecordException if a snapshot lies under another key than its own
    void checkKey(String key, WeightSnapshot snapshot) {
        String model = snapshot.id().model();
        if (!key.equals(model) && !(shadows && key.equals(model + RecordDecoder.SHADOW))) {
            throw new InvalidRecordException(
                    RejectReason.BAD_SNAPSHOT,
                    "snapshot " + model + " v" + snapshot.id().version() + " has the key " + key
                            + "; it must be the model's name");
        }
    }

    /// Whose signature a record needs is decided by its key, so that another key must not name the model.
    ///
    /// @throws InvalidRecordException if a decision lies under another key than its model's
    static void checkKey(String key, ModelDecision decision) {
        if (!key.equals(decision.model())) {
            throw new InvalidRecordException(
                    RejectReason.UNDECODABLE,
                    "decision " + decision.number() + " of model " + decision.model() + " has the key " + key
                            + "; it must be the model's name");
        }
    }
}
