package dev.inkstream.app.verify;

import dev.inkstream.app.console.PointInTime;
import dev.inkstream.app.console.UsageException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which of the stored predictions are meant.
final class WindowOptions {
    private static final String OFFSET = "\\d{1,18}";

    @Option(
            names = "--from",
            paramLabel = "OFFSET|TIME",
            description = "First prediction: an offset, which holds in each partition, a time like"
                    + " 2026-11-26T09:30:00Z, or how long ago, like 10m (default: the first that is left).")
    private @Nullable String from;

    @Option(
            names = "--to",
            paramLabel = "OFFSET|TIME",
            description = "Where to stop, in the same form; it is not included (default: the end as it is now).")
    private @Nullable String to;

    @Option(names = "--model", paramLabel = "NAME", description = "Only predictions of this model (default: of all).")
    private @Nullable String model;

    /// @throws UsageException if a bound is neither an offset nor a time
    PredictionWindow window(Instant now) {
        return new PredictionWindow(
                from == null ? PredictionWindow.Bound.OPEN : bound("--from", from, now),
                to == null ? PredictionWindow.Bound.OPEN : bound("--to", to, now),
                model);
    }

    private static PredictionWindow.Bound bound(String option, String text, Instant now) {
        if (text.matches(OFFSET)) {
            return new PredictionWindow.Offset(Long.parseLong(text));
        }
        try {
            return new PredictionWindow.Time(PointInTime.of(option, text, now));
        } catch (UsageException e) {
            throw UsageException.of(option, text, "an offset, " + PointInTime.FORM);
        }
    }
}
