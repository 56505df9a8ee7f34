package dev.inkstream.app.demo;

import dev.inkstream.app.console.Terminal;
import dev.inkstream.record.Evaluation;
import java.time.Duration;
import java.util.Locale;

/// The running report: a status line, redrawn in place on a terminal and printed every few seconds elsewhere, and
/// lines that stay. Not thread-safe.
final class Display {
    private static final Duration REDRAWN_EVERY = Duration.ofMillis(250);
    private static final Duration PRINTED_EVERY = Duration.ofSeconds(5);
    private static final String ERASE_LINE = "\r\u001b[K";

    private final Terminal terminal;
    private Duration lastShown = Duration.ZERO;
    private Progress.Live lastLive = new Progress.Live(0, Double.NaN);
    private long lastTrained;

    Display(Terminal terminal) {
        this.terminal = terminal;
    }

    /// A line that stays.
    void line(String text) {
        if (terminal.screen().interactive()) {
            terminal.out().print(ERASE_LINE);
        }
        terminal.out().println(text);
        terminal.out().flush();
    }

    /// Shows where things stand, if it is time to.
    ///
    /// @param time since the start
    /// @param trained labeled images trained on
    void status(Duration time, Progress progress, long trained) {
        boolean interactive = terminal.screen().interactive();
        Duration since = time.minus(lastShown);
        if (since.compareTo(interactive ? REDRAWN_EVERY : PRINTED_EVERY) < 0) {
            return;
        }
        String text = text(time, since, progress, trained);
        if (interactive) {
            String fitting =
                    text.substring(0, Math.min(text.length(), terminal.screen().width() - 1));
            terminal.out().print(ERASE_LINE + fitting);
            terminal.out().flush();
        } else {
            line(text);
        }
        lastShown = time;
        lastLive = progress.live();
        lastTrained = trained;
    }

    private String text(Duration time, Duration since, Progress progress, long trained) {
        double seconds = since.toMillis() / 1e3;
        Progress.Live live = progress.live();
        String served = progress.latest().map(Display::version).orElse("no version yet");
        return String.format(
                Locale.ROOT,
                "%5.1f s  trained %,d (%,.0f/s)  %s  classified %,d (%,.0f/s), live %s",
                time.toMillis() / 1e3,
                trained,
                Math.max(0, trained - lastTrained) / seconds,
                served,
                live.seen(),
                (live.seen() - lastLive.seen()) / seconds,
                Double.isNaN(live.accuracy()) ? "not known yet" : percent(live.accuracy()));
    }

    private static String version(Evaluation evaluation) {
        return "v" + evaluation.id().version() + " holdout " + percent(evaluation.accuracy());
    }

    static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }
}
