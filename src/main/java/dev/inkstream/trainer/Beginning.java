package dev.inkstream.trainer;

import dev.inkstream.record.Sha256;
import dev.inkstream.record.Weights;
import java.util.Optional;
import java.util.OptionalLong;

/// What determines the weights of a training besides seed, configuration and log. Immutable.
///
/// @param from offset of `labeled-images` before which nothing is trained on; empty for the whole log
/// @param initial digest of the weights that it starts from; empty if the seed gives them
/// @param weights those weights, where they are known
/// @param trainer the model whose trainer read the log, if that is another than the version's: records that returned
///     from the dead letters are for some trainers and not for others
/// @param without the records of the log that it leaves out
public record Beginning(
        OptionalLong from,
        Optional<Sha256> initial,
        Optional<Weights> weights,
        Optional<String> trainer,
        Optional<Exclusion> without) {
    /// Weights by the seed, and the whole log.
    public static final Beginning OF_SEED =
            new Beginning(OptionalLong.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

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
        return new Beginning(
                OptionalLong.empty(),
                Optional.of(weights.sha256()),
                Optional.of(weights),
                Optional.empty(),
                Optional.empty());
    }

    /// The same, from an offset on.
    public Beginning from(OptionalLong offset) {
        return new Beginning(offset, initial, weights, trainer, without);
    }

    /// The same, with the weights that have its digest.
    ///
    /// @throws IllegalArgumentException if they have another
    public Beginning with(Weights known) {
        return new Beginning(from, initial, Optional.of(known), trainer, without);
    }

    /// The same, by the trainer of a model; that of an earlier copy stays.
    public Beginning trainedBy(String model) {
        return new Beginning(from, initial, weights, Optional.of(trainer.orElse(model)), without);
    }

    /// The same, leaving records out. To leave out none is to have the whole log.
    public Beginning without(Exclusion records) {
        return new Beginning(
                from, initial, weights, trainer, Optional.of(records).filter(any -> any.records() > 0));
    }

    /// Whether training begins after an offset.
    boolean isAfter(long offset) {
        return from.isPresent() && offset < from.getAsLong();
    }

    /// Nothing of the seed and the whole log; else settings, each with a blank after it.
    String describe() {
        StringBuilder text = new StringBuilder();
        from.ifPresent(offset -> text.append("from=").append(offset).append(' '));
        initial.ifPresent(digest -> text.append("initial=").append(digest).append(' '));
        trainer.ifPresent(model -> text.append("trainer=").append(model).append(' '));
        without.ifPresent(records -> text.append("without=")
                .append(records.records())
                .append(':')
                .append(records.digest())
                .append(' '));
        return text.toString();
    }
}
