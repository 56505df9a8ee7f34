package dev.inkstream.app.models;

import dev.inkstream.app.console.Table;
import dev.inkstream.app.console.Table.Column;
import dev.inkstream.app.console.Text;
import dev.inkstream.record.ConfusionMatrix;
import dev.inkstream.record.TrainingProgress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// All about one version for people.
final class VersionText {
    private VersionText() {}

    static String of(Model model, Version version) {
        StringBuilder text = new StringBuilder();
        line(text, "model", version.id().model());
        line(text, "version", version.id().version() + (model.isServing(version) ? " (serving)" : ""));
        line(text, "weights", "SHA-256 " + version.id().weights());
        version.examples().ifPresent(examples -> line(text, "examples", Text.count(examples)));
        if (version.trained() != null) {
            trained(text, version.trained());
        }
        if (version.score() == null) {
            line(text, "holdout", "not scored");
        } else {
            scored(text, version.score());
        }
        return text.toString();
    }

    private static void trained(StringBuilder text, Version.Trained trained) {
        TrainingProgress progress = trained.progress();
        TrainingProgress.Prequential recent = progress.recent();
        line(
                text,
                "log",
                progress.lastOffset() < 0
                        ? "nothing trained on yet"
                        : "mini-batch %s, up to offset %d"
                                .formatted(Text.count(progress.miniBatches()), progress.lastOffset()));
        line(text, "recent", result(recent.correct(), recent.examples(), "example", recent.meanLoss()));
        line(
                text,
                "layers",
                "%s, %s hidden, %s output"
                        .formatted(
                                trained.layerSizes(),
                                trained.layers().hidden().name().toLowerCase(Locale.ROOT),
                                trained.layers().output().name().toLowerCase(Locale.ROOT)));
        line(text, "training", trained.training());
    }

    private static void scored(StringBuilder text, Score score) {
        line(
                text,
                "holdout",
                result(score.correct(), score.examples(), "image", score.meanLoss())
                        + (score.promoted() ? ", promoted" : ", not promoted"));
        if (score.confusion() != null && score.examples() > 0) {
            text.append("\nlabel by row, prediction by column:\n\n").append(confusion(score.confusion()));
        }
    }

    private static String result(long correct, long examples, String noun, double meanLoss) {
        return examples == 0
                ? "no " + noun
                : "%s of %s correct, mean loss %s"
                        .formatted(
                                Text.percent((double) correct / examples),
                                Text.count(examples, noun),
                                Text.decimals(meanLoss, 4));
    }

    private static String confusion(ConfusionMatrix matrix) {
        List<Column> columns = new ArrayList<>(List.of(Column.number("")));
        for (int prediction = 0; prediction < matrix.classes(); prediction++) {
            columns.add(Column.number(Integer.toString(prediction)));
        }
        Table table = new Table(columns);
        for (int label = 0; label < matrix.classes(); label++) {
            String[] row = new String[1 + matrix.classes()];
            row[0] = Integer.toString(label);
            for (int prediction = 0; prediction < matrix.classes(); prediction++) {
                long count = matrix.count(label, prediction);
                // Zeros would hide what was mistaken for what.
                row[1 + prediction] = count == 0 && label != prediction ? "." : Text.count(count);
            }
            table.row(row);
        }
        return table.text();
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append("%-10s".formatted(name)).append(Text.printable(value)).append('\n');
    }
}
