package dev.inkstream.stream;

import dev.inkstream.record.InvalidRecordException;
import dev.inkstream.record.ModelDecision;
import dev.inkstream.record.RejectReason;
import java.util.HashMap;
import java.util.Map;

/// Keeps a reader of signed decisions from taking one twice: anyone who may write to `model-decisions` can write an old
/// one again, with its signature. Not thread-safe.
final class LedgerOrder {
    /// By model. Only the models of those who are trusted are here.
    private final Map<String, Long> last = new HashMap<>();

    /// The decision, if it is the next of its model.
    ///
    /// @throws InvalidRecordException if a newer one was read before
    ModelDecision next(ModelDecision decision) {
        long before = last.getOrDefault(decision.model(), -1L);
        if (decision.number() <= before) {
            throw new InvalidRecordException(
                    RejectReason.BACKWARDS,
                    "decision " + decision.number() + " of model " + decision.model() + " comes after decision "
                            + before + "; it is an old record that was written again");
        }
        last.put(decision.model(), decision.number());
        return decision;
    }
}
