package dev.inkstream.app.demo;

import dev.inkstream.app.console.Terminal;
import dev.inkstream.dataset.ImageGrid;
import dev.inkstream.dataset.Shades;
import dev.inkstream.dataset.Tile;
import dev.inkstream.record.ConfusionMatrix;
import dev.inkstream.record.Evaluation;
import java.util.List;
import java.util.Locale;

/// What a demo has come to, for a terminal.
record Summary(Terminal terminal) {
    private static final int TILES_ACROSS = 4;

    /// @param changed whether the stream did, but not the holdout images: how they are taken then says little
    void print(Progress progress, boolean changed) {
        progress.latest().ifPresent(latest -> {
            Evaluation best = progress.best().orElse(latest);
            say("");
            say(String.format(
                    Locale.ROOT,
                    "%s: %,d of %,d holdout images right (%s)%s%nafter %,d labeled images; best: v%d with %,d",
                    latest.id(),
                    latest.confusion().correct(),
                    latest.confusion().examples(),
                    Display.percent(latest.accuracy()),
                    changed ? ", which did not change with the stream" : "",
                    latest.trainedExamples(),
                    best.id().version(),
                    best.confusion().correct()));
            served(progress.served());
            if (!changed) {
                say("");
                confusion(latest.confusion());
            }
        });
        mistakes(progress.mistakes());
    }

    private void served(Progress.Served served) {
        if (served.outcomes() > 0) {
            say(String.format(
                    Locale.ROOT,
                    "%,d of %,d served predictions right (%s), by their labels; %s",
                    served.right(),
                    served.outcomes(),
                    Display.percent((double) served.right() / served.outcomes()),
                    switch ((int) Math.min(2, served.drifts())) {
                        case 0 -> "no drift reported";
                        case 1 -> "one drift reported";
                        default -> served.drifts() + " drifts reported";
                    }));
        }
    }

    private void confusion(ConfusionMatrix matrix) {
        StringBuilder header = new StringBuilder("label \\ prediction");
        for (int prediction = 0; prediction < matrix.classes(); prediction++) {
            header.append(String.format(Locale.ROOT, "%6d", prediction));
        }
        say(header.toString());
        for (int label = 0; label < matrix.classes(); label++) {
            StringBuilder row = new StringBuilder(String.format(Locale.ROOT, "%18d", label));
            for (int prediction = 0; prediction < matrix.classes(); prediction++) {
                long count = matrix.count(label, prediction);
                row.append(count == 0 ? "     ." : String.format(Locale.ROOT, "%6d", count));
            }
            say(row.toString());
        }
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
        say("The last streamed images it took for something else (label \u2260 prediction):");
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
