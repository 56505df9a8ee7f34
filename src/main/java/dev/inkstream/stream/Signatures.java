package dev.inkstream.stream;

import dev.inkstream.signature.Signer;
import dev.inkstream.signature.Trust;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

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

    /// What an operator should know at start; empty if nothing is signed or checked.
    public Optional<String> sentence() {
        List<String> parts = Stream.of(
                        signer.map(
                                one -> "signs with key " + one.key().publicKey().id() + " in scope " + one.scope()),
                        accepted("versions", snapshots),
                        accepted("decisions", decisions))
                .flatMap(Optional::stream)
                .toList();
        return parts.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", parts));
    }

    private static Optional<String> accepted(String what, Trust trust) {
        return trust.isRequired()
                ? Optional.of("accepts " + what + " signed with key " + trust.ids() + " in scope " + trust.scope())
                : Optional.empty();
    }

    /// The same, where only the records of one model need a signature.
    public Signatures ofModel(String model) {
        return new Signatures(signer, ofModel(snapshots, model), ofModel(decisions, model));
    }

    private static Trust ofModel(Trust trust, String model) {
        return trust.only(Set.of(model, Topics.shadowKey(model)));
    }
}
