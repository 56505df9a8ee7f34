package dev.inkstream.app.demo;

import dev.inkstream.app.console.Terminal;
import dev.inkstream.app.console.Text;
import dev.inkstream.record.Evaluation;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;

/// The running report: a status line, redrawn in place on a terminal and printed every few seconds elsewhere, and
/// lines that stay. Not thread-safe.
final class StatusLine {
    private static final Duration REDRAWN_EVERY = Duration.ofMillis(250);
    private static final Duration PRINTED_EVERY = Duration.ofSeconds(5);
    private static final String ERASE_LINE = "\r\u001b[K";
    private static final String GAP = "  ";

    /// Versions come in steps, so rates are taken over a while.
    private static final Duration RATES_OVER = Duration.ofSeconds(2);

    private final Terminal terminal;
    private final Deque<Count> counts = new ArrayDeque<>();
    private Duration lastShown = Duration.ZERO;

    /// Where things stood.
    ///
    /// @param time since the start
    private record Count(Duration time, long trained, long classified) {}

    StatusLine(Terminal terminal) {
        this.terminal = terminal;
    }

    /// A line that stays.
    void line(String text) {
        erase();
        terminal.out().println(text);
        terminal.out().flush();
    }

    /// Whether somebody reads it, or may: `head` closes a pipe when it has enough.
    boolean isRead() {
        return !terminal.out().checkError();
    }

    /// Shows where things stand, if it is time to.
    ///
    /// @param time since the start
    void status(Duration time, Progress progress) {
        Duration every = terminal.screen().interactive() ? REDRAWN_EVERY : PRINTED_EVERY;
        if (time.minus(lastShown).compareTo(every) >= 0) {
            statusNow(time, progress);
        }
    }

    /// Shows where things stand.
    ///
    /// @param time since the start
    void statusNow(Duration time, Progress progress) {
        Count now = new Count(time, progress.trained(), progress.live().seen());
        String text = text(now, progress);
        if (terminal.screen().interactive()) {
            terminal.out().print(ERASE_LINE + text);
            terminal.out().flush();
        } else {
            line(text);
        }
        counts.addLast(now);
        lastShown = time;
    }

    /// No more status lines; what comes now begins on a line of its own.
    void end() {
        erase();
    }

    private void erase() {
        if (terminal.screen().interactive()) {
            terminal.out().print(ERASE_LINE);
        }
    }

    /// As many parts as fit the screen, the most important first.
    private String text(Count now, Progress progress) {
        Count before = before(now);
        // A rate over no time would be no number.
        double seconds = Math.max(1, now.time().minus(before.time()).toMillis()) / 1e3;
        StringBuilder text = new StringBuilder(
                String.format(Locale.ROOT, "%5.1f s", now.time().toMillis() / 1e3));
        for (String part : List.of(
                progress.latest().map(StatusLine::version).orElse("no version yet"),
                live(progress.live().accuracy()),
                String.format(
                        Locale.ROOT,
                        "trained %,d (%,.0f/s)",
                        now.trained(),
                        (now.trained() - before.trained()) / seconds),
                String.format(Locale.ROOT, "classified %,.0f/s", (now.classified() - before.classified()) / seconds))) {
            boolean fits = text.length() + GAP.length() + part.length()
                    < terminal.screen().width();
            if (fits && !part.isEmpty()) {
                text.append(GAP).append(part);
            }
        }
        return text.toString();
    }

    /// The count that rates are taken from; before the first one nothing had been done.
    private Count before(Count now) {
        while (counts.size() > 1 && now.time().minus(counts.getFirst().time()).compareTo(RATES_OVER) > 0) {
            counts.removeFirst();
        }
        return counts.isEmpty() ? new Count(Duration.ZERO, 0, 0) : counts.getFirst();
    }

    private static String live(double accuracy) {
        return Double.isNaN(accuracy) ? "" : "live " + Text.percent(accuracy);
    }

    private static String version(Evaluation evaluation) {
        return "v" + evaluation.id().version() + " holdout " + Text.percent(evaluation.accuracy());
    }
}
