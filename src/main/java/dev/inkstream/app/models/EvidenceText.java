package dev.inkstream.app.models;

import dev.inkstream.app.console.Text;
import dev.inkstream.record.HoldoutEvidence;
import dev.inkstream.record.HoldoutEvidence.Paired;
import dev.inkstream.record.LiveEvidence;
import dev.inkstream.record.ModelDecision.Evidence;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a decision rests on, in short, for people.
final class EvidenceText {
    /// From here on, an e-value is written as a power of ten.
    private static final double LARGE = 1e6;

    private EvidenceText() {}

    /// As `9,639 / 10,000, against v6 12 wins 40 losses, p 0.0001`; empty if the decision needed none.
    static String of(Evidence evidence) {
        return Stream.of(
                        evidence.holdout().map(EvidenceText::holdout),
                        evidence.live().map(EvidenceText::live))
                .flatMap(Optional::stream)
                .collect(Collectors.joining("; "));
    }

    private static String holdout(HoldoutEvidence holdout) {
        String scored = Text.count(holdout.correct()) + " / " + Text.count(holdout.examples());
        if (holdout.serving().isEmpty() && holdout.best().isEmpty()) {
            return scored + ", guessing " + probability(holdout.guessing());
        }
        return scored
                + holdout.serving().map(paired -> ", against " + paired(paired)).orElse("")
                + holdout.best()
                        .map(paired -> ", against the best, " + paired(paired))
                        .orElse("");
    }

    private static String paired(Paired paired) {
        return "v" + paired.version() + " " + balance(paired.wins(), paired.losses()) + ", "
                + probability(paired.worse());
    }

    private static String live(LiveEvidence live) {
        return "v%d beside v%d on %s: %s, e-values better %s worse %s"
                .formatted(
                        live.shadow(),
                        live.serving(),
                        Text.count(live.labels(), "label"),
                        balance(live.wins(), live.losses()),
                        eValue(live.better()),
                        eValue(live.worse()));
    }

    private static String balance(long wins, long losses) {
        return Text.count(wins, "win") + " " + Text.count(losses) + (losses == 1 ? " loss" : " losses");
    }

    private static String probability(double p) {
        return p < 0.0001 ? "p < 0.0001" : "p " + Text.decimals(p, 4);
    }

    private static String eValue(double e) {
        return e < LARGE ? Text.decimals(e, 2) : String.format(Locale.ROOT, "%.1e", e);
    }
}
