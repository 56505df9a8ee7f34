package dev.inkstream.app.console;

import org.slf4j.event.Level;
import picocli.CommandLine.Option;

/// How a role logs: it runs unwatched, so all that it says is a line of its log.
public final class LogOptions {
    @Option(
            names = "--log-format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "Format of log lines on standard error: text or json (default: ${DEFAULT-VALUE}).")
    private ProcessLog.Format format = ProcessLog.Format.TEXT;

    @Option(
            names = "--log-level",
            paramLabel = "LEVEL",
            defaultValue = "${env:INKSTREAM_LOG_LEVEL:-info}",
            description = "Lowest level of Inkstream's own log lines: error, warn, info, debug or trace (default:"
                    + " info, or INKSTREAM_LOG_LEVEL). debug adds the stack traces of failures that are"
                    + " reported in a sentence.")
    private Level level = Level.INFO;

    /// Makes the log of this process so; doing it again changes nothing.
    public void apply() {
        ProcessLog.apply(format, level);
    }

    /// Whether failures are logged with their stack traces.
    public boolean traced() {
        return level.toInt() <= Level.DEBUG.toInt();
    }
}
