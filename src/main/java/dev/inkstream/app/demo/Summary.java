package dev.inkstream.app.demo;

import dev.inkstream.app.console.ConfusionText;
import dev.inkstream.app.console.Terminal;
import dev.inkstream.app.console.Text;
import dev.inkstream.app.picture.ImageGrid;
import dev.inkstream.app.picture.Shades;
import dev.inkstream.app.picture.Tile;
import dev.inkstream.dataset.Classes;
import dev.inkstream.record.ConfusionMatrix;
import dev.inkstream.record.Evaluation;
import dev.inkstream.record.ModelDecision.Kind;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// What a demo has come to, for a terminal.
///
/// @param classes what the labels are called
record Summary(Terminal terminal, Classes classes) {
    private static final int TILES_ACROSS = 4;

    void print(Progress progress) {
        progress.latest().ifPresent(latest -> {
            Evaluation best = progress.best().orElse(latest);
            say("");
            say(String.format(
                    Locale.ROOT,
                    "%s: %,d of %,d holdout images correct (%s)%nafter %,d labeled images; best: v%d with %,d",
                    latest.id(),
                    latest.confusion().correct(),
                    latest.confusion().examples(),
                    Text.percent(latest.accuracy()),
                    latest.trainedExamples(),
                    best.id().version(),
                    best.confusion().correct()));
            served(progress.served());
            decided(progress.decisions());
            say("");
            confusion(latest.confusion());
        });
        mistakes(progress.mistakes());
    }

    private void served(Progress.Served served) {
        if (served.outcomes() > 0) {
            say(String.format(
                    Locale.ROOT,
                    "%,d of %,d served predictions correct (%s), by their labels; %s",
                    served.correct(),
                    served.outcomes(),
                    Text.percent((double) served.correct() / served.outcomes()),
                    switch ((int) Math.min(2, served.drifts())) {
                        case 0 -> "no drift reported";
                        case 1 -> "one drift reported";
                        default -> served.drifts() + " drifts reported";
                    }));
        }
    }

    private void decided(Map<Kind, Long> decisions) {
        if (decisions.isEmpty()) {
            return;
        }
        long rolledBack = decisions.getOrDefault(Kind.RESTORED, 0L);
        String kinds = decisions.entrySet().stream()
                .filter(kind -> kind.getKey() != Kind.RESTORED)
                .map(kind -> "%,d %s"
                        .formatted(
                                kind.getValue(),
                                kind.getKey().name().toLowerCase(Locale.ROOT).replace('_', ' ')))
                .collect(Collectors.joining(", "));
        say("Decisions: %s; %s rolled back".formatted(kinds, rolledBack == 0 ? "none" : Text.count(rolledBack)));
    }

    private void confusion(ConfusionMatrix matrix) {
        terminal.out()
                .print(new ConfusionText(classes.names(), matrix::count)
                        .of(terminal.screen().width()));
    }

    private void mistakes(List<Progress.Mistake> mistakes) {
        if (mistakes.isEmpty()) {
            return;
        }
        List<Tile> tiles = mistakes.stream()
                .map(mistake -> Tile.misclassified(
                        mistake.shown().set(), mistake.shown().image(), mistake.predicted()))
                .toList();
        Shades shades = Shades.of(terminal.env(), terminal.screen().color());
        say("");
        say("The last streamed images with a wrong prediction (label \u2260 prediction):");
        say("");
        terminal.out()
                .print(new ImageGrid(tiles, TILES_ACROSS)
                        .terminal(shades, terminal.screen().width()));
        terminal.flush();
    }

    private void say(String line) {
        terminal.out().println(line);
    }
}
