package dev.inkstream.app.models;

import dev.inkstream.app.console.Table;
import dev.inkstream.app.console.Table.Column;
import dev.inkstream.app.console.Text;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// The versions of a model in a table for people.
final class VersionsText {
    private VersionsText() {}

    /// One line for each version: how it did on the examples just before, on the holdout images and on the stream, the
    /// last decision about it, and its weights. Then the last decision about the model.
    static String of(Model model, Instant now) {
        Table table = new Table(
                Column.number("VERSION"),
                Column.number("EXAMPLES"),
                Column.number("RECENT"),
                Column.number("LOSS"),
                Column.number("HOLDOUT"),
                Column.number("LOSS"),
                Column.number("LIVE"),
                Column.number("AGE"),
                Column.text("DECISION"),
                Column.text("WEIGHTS"),
                Column.text(""));
        for (PublishedVersion version : model.versions()) {
            table.row(
                    "v" + version.id().version(),
                    version.examples().map(Text::count).orElse(Text.NONE),
                    Text.percent(version.recentAccuracy()),
                    recentLoss(version),
                    Text.percent(version.holdoutAccuracy()),
                    holdoutLoss(version),
                    Text.percent(model.live(version).map(LiveScore::accuracy).orElse(Double.NaN)),
                    version.age(now),
                    model.ledger()
                            .last(version.id())
                            .map(decision -> DecisionText.kind(decision.kind()))
                            .orElse(Text.NONE),
                    version.id().weights().abbreviated(),
                    String.join(", ", names(model, version)));
        }
        return table.text()
                + model.ledger()
                        .last()
                        .map(last -> "\n" + DecisionText.of(last))
                        .orElse("");
    }

    /// What a version is besides its number: serving or shadow, and its aliases.
    static List<String> names(Model model, PublishedVersion version) {
        List<String> names = new ArrayList<>();
        if (model.isServing(version)) {
            names.add("serving");
        }
        if (model.isShadow(version)) {
            names.add("shadow");
        }
        names.addAll(model.ledger().aliases(version.id().version()));
        return names;
    }

    private static String recentLoss(PublishedVersion version) {
        PublishedVersion.Trained trained = version.trained();
        return trained == null || trained.progress().recent().examples() == 0
                ? Text.NONE
                : Text.decimals(trained.progress().recent().meanLoss(), 4);
    }

    private static String holdoutLoss(PublishedVersion version) {
        Score score = version.score();
        return score == null || score.examples() == 0 ? Text.NONE : Text.decimals(score.meanLoss(), 4);
    }
}
