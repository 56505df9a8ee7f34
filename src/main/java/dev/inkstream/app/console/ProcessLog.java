package dev.inkstream.app.console;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/// The log of this process, as `logback.xml` or the user's own file configures it. A role overrides the format and the
/// level of Inkstream's own loggers.
final class ProcessLog {
    /// Name of the parent of Inkstream's own loggers.
    static final String OWN = "dev.inkstream";

    /// Name of the appender in `logback.xml`; a user's own file has its own format.
    private static final String APPENDER = "stderr";

    /// Form of a line.
    enum Format {
        TEXT,
        JSON
    }

    private ProcessLog() {}

    static void apply(Format format, Level level) {
        // Another implementation of SLF4J has its own settings.
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            context.getLogger(OWN).setLevel(ch.qos.logback.classic.Level.convertAnSLF4JLevel(level));
            if (format == Format.JSON
                    && context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender(APPENDER)
                            instanceof OutputStreamAppender<ILoggingEvent> stderr
                    && !(stderr.getEncoder() instanceof JsonEncoder)) {
                stderr.setEncoder(json(context));
            }
        }
    }

    /// One object a line: time in milliseconds since 1970, level, thread, logger, message, stack trace if there is one.
    static JsonEncoder json(LoggerContext context) {
        JsonEncoder json = new JsonEncoder();
        json.setContext(context);
        json.setWithSequenceNumber(false);
        json.setWithNanoseconds(false);
        json.setWithContext(false);
        json.setWithMDC(false);
        json.setWithKVPList(false);
        json.setWithMarkers(false);
        json.setWithArguments(false);
        json.setWithMessage(false);
        json.setWithFormattedMessage(true);
        json.start();
        return json;
    }
}
