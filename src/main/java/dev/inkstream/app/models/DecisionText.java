package dev.inkstream.app.models;

import dev.inkstream.app.console.Text;
import dev.inkstream.record.ModelDecision;
import dev.inkstream.record.ModelDecision.Kind;
import dev.inkstream.record.ModelDecision.Standing;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/// Decisions for people.
final class DecisionText {
    private DecisionText() {}

    /// All about one decision: a line for each aspect that it has.
    static String of(ModelDecision decision) {
        StringBuilder text = new StringBuilder();
        line(text, "decision", inShort(decision) + replaced(decision));
        line(text, "time", decision.decidedAt().toString());
        line(text, "by", decision.origin().decidedBy());
        if (!decision.origin().reason().isEmpty()) {
            line(text, "reason", decision.origin().reason());
        }
        String evidence = EvidenceText.of(decision.evidence());
        if (!evidence.isEmpty()) {
            line(text, "evidence", evidence);
        }
        line(text, "after", standing(decision.after()));
        return text.toString();
    }

    /// As `12: promoted v7`.
    static String inShort(ModelDecision decision) {
        return decision.number() + ": " + kind(decision.kind())
                + subject(decision).map(version -> " " + version).orElse("")
                + decision.origin().alias().map(alias -> " as " + alias).orElse("");
    }

    /// As `passed over`.
    static String kind(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /// The version decided about, as `v7`.
    static Optional<String> subject(ModelDecision decision) {
        return decision.subject().map(subject -> "v" + subject.id().version());
    }

    /// A version as `v7`; [Text#NONE] if there is none.
    static String version(OptionalLong version) {
        return version.isPresent() ? "v" + version.getAsLong() : Text.NONE;
    }

    /// What serves, what runs beside it, and whether the policy decides.
    static String standing(Standing standing) {
        return (standing.serving().isPresent() ? version(standing.serving()) + " serves" : "no version serves")
                + (standing.shadow().isPresent() ? ", shadow " + version(standing.shadow()) : "")
                + ", " + mode(standing);
    }

    /// As `following`.
    static String mode(Standing standing) {
        return standing.mode().name().toLowerCase(Locale.ROOT);
    }

    private static String replaced(ModelDecision decision) {
        return decision.replaced().isPresent() ? " in place of " + version(decision.replaced()) : "";
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append("%-10s".formatted(name)).append(Text.printable(value)).append('\n');
    }
}
