package dev.inkstream.app.console;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/// A filter of the log that lets one warning a minute through, of each logger that it is given. While a broker is away,
/// every client of a role says so several times a second. Other levels and other loggers are left alone. It goes by the
/// time of the events. Thread-safe.
public final class WarningThrottleFilter extends Filter<ILoggingEvent> {
    private static final long MINUTE_MS = 60_000;

    /// Nobody has to act on these, and they must not take a real warning's minute: a topic that is being created, and a
    /// transaction that begins before the broker has completed the one before.
    private static final Pattern ORDINARY =
            Pattern.compile("recoverable issue .*\\{(\\S+=UNKNOWN_TOPIC_OR_PARTITION(, )?)+}$"
                    + "|, retrying .*Error: CONCURRENT_TRANSACTIONS$");

    /// When each logger may warn again.
    private final Map<String, Long> silentUntilMs = new HashMap<>();

    /// One more logger whose warnings are thinned out; logback calls this for each `<logger>` of the filter.
    public synchronized void addLogger(String name) {
        silentUntilMs.put(name, 0L);
    }

    @Override
    public synchronized FilterReply decide(ILoggingEvent event) {
        Long untilMs = silentUntilMs.get(event.getLoggerName());
        if (untilMs == null || event.getLevel() != Level.WARN) {
            return FilterReply.NEUTRAL;
        }
        if (ORDINARY.matcher(event.getFormattedMessage()).find()) {
            return FilterReply.DENY;
        }
        long nowMs = event.getTimeStamp();
        // A clock that was set back by hours must not silence it for hours.
        if (nowMs < untilMs && nowMs >= untilMs - MINUTE_MS) {
            return FilterReply.DENY;
        }
        silentUntilMs.put(event.getLoggerName(), nowMs + MINUTE_MS);
        return FilterReply.NEUTRAL;
    }
}
