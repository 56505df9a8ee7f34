package dev.inkstream.trainer;

import dev.inkstream.record.Sha256;
import dev.inkstream.record.Weights;
import java.util.Optional;

/// What determines the weights of a training besides seed, configuration and log. Immutable.
///
/// @param initial digest of the weights that it starts from; empty if the seed gives them
/// @param weights those weights, where they are known
/// @param without the records of the log that it leaves out
public record Beginning(Optional<Sha256> initial, Optional<Weights> weights, Optional<Exclusion> without) {
    /// Weights by the seed, and the whole log.
    public static final Beginning OF_SEED = new Beginning(Optional.empty(), Optional.empty(), Optional.empty());

    /// Records that are left out: their ids are on no topic, but can be compared.
    ///
    /// @param records how many
    /// @param digest of their offsets
    public record Exclusion(long records, Sha256 digest) {}

    /// @throws IllegalArgumentException if the weights are others than the digest says
    public Beginning {
        if (weights.isPresent() && !weights.map(Weights::sha256).equals(initial)) {
            throw new IllegalArgumentException("initial weights have SHA-256 "
                    + weights.get().sha256() + "; it must be "
                    + initial.map(Sha256::toString).orElse("none"));
        }
    }

    /// From given weights.
    public static Beginning from(Weights weights) {
        return new Beginning(Optional.of(weights.sha256()), Optional.of(weights), Optional.empty());
    }

    /// The same, with the weights that have its digest.
    ///
    /// @throws IllegalArgumentException if they have another
    public Beginning with(Weights known) {
        return new Beginning(initial, Optional.of(known), without);
    }

    /// The same, leaving records out. To leave out none is to have the whole log.
    public Beginning without(Exclusion records) {
        return new Beginning(initial, weights, Optional.of(records).filter(any -> any.records() > 0));
    }

    /// Nothing of the seed and the whole log; else settings, each with a blank after it.
    String describe() {
        return initial.map(digest -> "initial=" + digest + " ").orElse("")
                + without.map(records -> "without=" + records.records() + ":" + records.digest() + " ")
                        .orElse("");
    }
}
