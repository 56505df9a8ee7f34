package dev.inkstream.stream;

import dev.inkstream.signature.Signer;
import dev.inkstream.signature.Trust;
import java.util.Optional;
import java.util.Set;

/// Who signs and who is trusted, on the topics from which follows what serves. Immutable.
///
/// @param signer signs what is written to `weight-snapshots`, `serving-weights` and `model-decisions`
/// @param snapshots whose records on `weight-snapshots` are accepted: the trainer's
/// @param decisions whose records on `serving-weights` and `model-decisions` are accepted: the evaluator's
public record Signatures(Optional<Signer> signer, Trust snapshots, Trust decisions) {
    /// Nothing is signed or checked.
    public static final Signatures NONE = new Signatures(Optional.empty(), Trust.ANYONE, Trust.ANYONE);

    /// Whether versions need a signature.
    public boolean checkSnapshots() {
        return snapshots.isRequired();
    }

    /// Whether decisions, and what follows from them, need a signature.
    public boolean checkDecisions() {
        return decisions.isRequired();
    }

    /// The same, where only the records of one model need a signature.
    public Signatures ofModel(String model) {
        return new Signatures(signer, ofModel(snapshots, model), ofModel(decisions, model));
    }

    private static Trust ofModel(Trust trust, String model) {
        return trust.only(Set.of(model, Topics.shadowKey(model)));
    }
}
