package dev.inkstream.app.models;

import dev.inkstream.app.console.ConfusionText;
import dev.inkstream.app.console.Text;
import dev.inkstream.record.ConfusionMatrix;
import dev.inkstream.record.Provenance;
import dev.inkstream.record.Sha256;
import dev.inkstream.record.TrainingProgress;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/// All about one version for people.
final class VersionText {
    private VersionText() {}

    /// @param width columns of the terminal
    static String of(Model model, PublishedVersion version, Instant now, int width) {
        StringBuilder text = new StringBuilder();
        line(text, "model", version.id().model());
        line(text, "version", version.id().version() + names(model, version));
        line(text, "weights", "SHA-256 " + version.id().weights());
        version.publishedAt()
                .ifPresent(published -> line(text, "published", published + ", " + version.age(now) + " ago"));
        version.examples().ifPresent(examples -> line(text, "examples", Text.count(examples)));
        if (version.trained() != null) {
            trained(text, version.trained());
            provenance(text, model, version.trained().provenance());
        }
        Score score = version.score();
        line(text, "holdout", score == null ? "not scored" : scored(score));
        line(text, "live", model.live(version).map(VersionText::live).orElse("no window of labels has ended yet"));
        model.ledger().last(version.id()).ifPresent(decision -> text.append(DecisionText.of(decision)));
        if (score != null && score.confusion() != null && score.examples() > 0) {
            text.append('\n').append(confusion(score.confusion(), width));
        }
        return text.toString();
    }

    private static String names(Model model, PublishedVersion version) {
        List<String> names = VersionsText.names(model, version);
        return names.isEmpty() ? "" : " (" + String.join(", ", names) + ")";
    }

    private static String live(LiveScore live) {
        return "%s of %s correct"
                .formatted(Text.percent(live.accuracy()), Text.count(live.examples(), "labeled image"));
    }

    private static void trained(StringBuilder text, PublishedVersion.Trained trained) {
        TrainingProgress progress = trained.progress();
        TrainingProgress.Prequential recent = progress.recent();
        line(
                text,
                "log",
                progress.lastOffset() < 0
                        ? "nothing trained on yet"
                        : "mini-batch %s, %s".formatted(Text.count(progress.miniBatches()), offsets(trained)));
        line(text, "recent", result(recent.correct(), recent.examples(), "example", recent.meanLoss()));
        line(
                text,
                "layers",
                "%s, %s hidden, %s output"
                        .formatted(
                                trained.layerSizes(),
                                trained.layers().hidden().toLowerCase(Locale.ROOT),
                                trained.layers().output().toLowerCase(Locale.ROOT)));
        line(text, "training", trained.training());
    }

    private static String offsets(PublishedVersion.Trained trained) {
        long last = trained.progress().lastOffset();
        OptionalLong first = trained.provenance().firstOffset();
        return first.isPresent() ? "offsets %d to %d".formatted(first.getAsLong(), last) : "up to offset " + last;
    }

    private static void provenance(StringBuilder text, Model model, Provenance provenance) {
        provenance.parent().ifPresent(parent -> line(text, "parent", parent(model, parent)));
        provenance.source().ifPresent(source -> line(text, "source", source));
        provenance.publisher().ifPresent(who -> line(text, "publisher", who.toString()));
    }

    /// With the number of that version, if a topic still has its record.
    private static String parent(Model model, Sha256 parent) {
        return model.versions().stream()
                        .map(PublishedVersion::id)
                        .filter(id -> id.weights().equals(parent))
                        .findFirst()
                        .map(id -> "v" + id.version() + ", ")
                        .orElse("")
                + "SHA-256 " + parent;
    }

    private static String scored(Score score) {
        return result(score.correct(), score.examples(), "image", score.meanLoss());
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

    /// The topics have no names of classes.
    private static String confusion(ConfusionMatrix matrix, int width) {
        List<String> names =
                IntStream.range(0, matrix.classes()).mapToObj(Integer::toString).toList();
        return new ConfusionText(names, matrix::count).of(width);
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append("%-9s ".formatted(name)).append(Text.printable(value)).append('\n');
    }
}
