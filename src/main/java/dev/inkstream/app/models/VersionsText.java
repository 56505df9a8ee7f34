package dev.inkstream.app.models;

import dev.inkstream.app.console.Table;
import dev.inkstream.app.console.Table.Column;
import dev.inkstream.app.console.Text;

/// The versions of a model in a table for people.
final class VersionsText {
    private VersionsText() {}

    /// One line for each version: how it did on the examples just before, on the holdout images, and its weights.
    static String table(Model model) {
        Table table = new Table(
                Column.number("VERSION"),
                Column.number("EXAMPLES"),
                Column.number("RECENT"),
                Column.number("LOSS"),
                Column.number("HOLDOUT"),
                Column.number("LOSS"),
                Column.text("PROMOTED"),
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
                    version.score() == null ? Text.NONE : version.score().promoted() ? "yes" : "no",
                    version.id().weights().abbreviated(),
                    model.isServing(version) ? "serving" : "");
        }
        return table.text();
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
