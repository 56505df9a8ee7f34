package dev.inkstream.evaluator;

import dev.inkstream.network.Network;
import dev.inkstream.record.HoldoutEvidence;
import dev.inkstream.record.HoldoutEvidence.Paired;
import dev.inkstream.stat.ExactTest;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A version scored on the holdout images, beside the version that serves and the best that has served.
///
/// @param score of the version
/// @param evidence empty without holdout images
record Judgment(Contender candidate, HoldoutScorer score, Optional<HoldoutEvidence> evidence) {
    static Judgment of(Contender candidate, ServingState state, HoldoutImages images) {
        Optional<Contender> best =
                state.best().filter(one -> !state.serving().map(one::is).orElse(false));
        List<Contender> others = Stream.of(state.serving(), best)
                .flatMap(Optional::stream)
                .filter(other -> !other.is(candidate))
                .toList();
        List<Network> networks = Stream.concat(Stream.of(candidate), others.stream())
                .map(Contender::network)
                .toList();
        List<HoldoutScorer> scores = images.score(networks);
        HoldoutScorer own = scores.getFirst();
        if (own.examples() == 0) {
            return new Judgment(candidate, own, Optional.empty());
        }
        return new Judgment(
                candidate,
                own,
                Optional.of(new HoldoutEvidence(
                        own.examples(),
                        own.correct(),
                        ExactTest.guessing(own.correct(), own.examples(), own.chance()),
                        paired(state.serving(), others, scores),
                        paired(best, others, scores))));
    }

    private static Optional<Paired> paired(
            Optional<Contender> other, List<Contender> others, List<HoldoutScorer> scores) {
        return other.filter(others::contains)
                .map(one -> scores.getFirst().against(scores.get(1 + others.indexOf(one)), one.version()));
    }

    /// Whether no version that has served has more holdout images correct.
    boolean isBest() {
        return evidence.isEmpty()
                || Stream.of(evidence.get().serving(), evidence.get().best())
                        .flatMap(Optional::stream)
                        .allMatch(other -> evidence.get().correct() >= other.correct());
    }
}
