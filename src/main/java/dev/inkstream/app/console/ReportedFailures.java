package dev.inkstream.app.console;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

/// A filter of the log that drops the errors of loggers that log a failure at each layer that it passes and then throw
/// it: the command reports it once. Other levels pass, and all levels pass while Inkstream logs at debug. Thread-safe.
public final class ReportedFailures extends Filter<ILoggingEvent> {
    /// A client logs that it could not log in, and then throws it.
    private static final Pattern LOGIN = Pattern.compile("Connection to node .* failed authentication due to: ");

    private final List<String> prefixes = new CopyOnWriteArrayList<>();

    /// One more package or class whose errors are dropped; logback calls this for each `<logger>` of the filter.
    public void addLogger(String prefix) {
        prefixes.add(prefix);
    }

    @Override
    public FilterReply decide(ILoggingEvent event) {
        return event.getLevel() == Level.ERROR
                        && (prefixes.stream().anyMatch(event.getLoggerName()::startsWith)
                                || LOGIN.matcher(String.valueOf(event.getFormattedMessage()))
                                        .find())
                        && !isDebugging()
                ? FilterReply.DENY
                : FilterReply.NEUTRAL;
    }

    private boolean isDebugging() {
        return getContext() instanceof LoggerContext context
                && context.getLogger(ProcessLog.OWN).isDebugEnabled();
    }
}
