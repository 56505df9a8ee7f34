package dev.inkstream.app;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/// What this JVM logs through the appender of `logback.xml`, its filters included, while this is open.
public final class CapturedLog extends AppenderBase<ILoggingEvent> implements AutoCloseable {
    private final List<ILoggingEvent> events = new CopyOnWriteArrayList<>();
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);

    /// Captures from now on.
    public static CapturedLog open() {
        CapturedLog log = new CapturedLog();
        log.setContext(log.root.getLoggerContext());
        log.root.getAppender("stderr").getCopyOfAttachedFiltersList().forEach(log::addFilter);
        log.start();
        log.root.addAppender(log);
        return log;
    }

    @Override
    protected void append(ILoggingEvent event) {
        event.prepareForDeferredProcessing();
        events.add(event);
    }

    /// All events so far.
    public List<ILoggingEvent> events() {
        return List.copyOf(events);
    }

    /// Level and message of each event so far.
    public List<String> lines() {
        return events.stream()
                .map(event -> event.getLevel() + " " + event.getFormattedMessage())
                .toList();
    }

    @Override
    public void close() {
        root.detachAppender(this);
        stop();
    }
}
