package dev.inkstream.app.console;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.joran.spi.JoranException;
import ch.qos.logback.core.spi.FilterReply;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class WarningThrottleFilterTest {
    private static final String CLIENT = "org.apache.kafka.clients.NetworkClient";
    private static final String OTHER = "org.apache.kafka.clients.producer.internals.Sender";
    private static final String AWAY =
            "[Consumer clientId=c] Connection to node -1 (localhost/127.0.0.1:9092) could not be established.";
    private static final String NO_TOPIC =
            "[Consumer clientId=c] The metadata response from the cluster reported a recoverable issue with"
                    + " correlation id 3 : ";
    private static final long START_MS = 1_800_000_000_000L;

    private final WarningThrottleFilter filter = new WarningThrottleFilter();

    WarningThrottleFilterTest() {
        filter.addLogger(CLIENT);
    }

    @Test
    void anOutageIsOneLineAMinute() {
        assertThat(LongStream.range(0, 3 * 60_000)
                        .filter(ms -> ms % 100 == 0)
                        .filter(ms -> shows(CLIENT, Level.WARN, AWAY, ms)))
                .containsExactly(0L, 60_000L, 120_000L);
    }

    @Test
    void eachLoggerHasItsOwnMinute() {
        filter.addLogger(OTHER);

        assertThat(shows(CLIENT, Level.WARN, AWAY, 0)).isTrue();
        assertThat(shows(OTHER, Level.WARN, AWAY, 1)).isTrue();
        assertThat(shows(OTHER, Level.WARN, AWAY, 2)).isFalse();
    }

    @Test
    void otherLoggersAndLevelsAreLeftAlone() {
        for (int ms = 0; ms < 3; ms++) {
            assertThat(shows(OTHER, Level.WARN, AWAY, ms)).isTrue();
            assertThat(shows(CLIENT, Level.ERROR, AWAY, ms)).isTrue();
            assertThat(shows(CLIENT, Level.DEBUG, AWAY, ms)).isTrue();
        }
    }

    @Test
    void topicsThatAreNotThereYetAreNotToldAndTakeNobodysMinute() {
        assertThat(shows(CLIENT, Level.WARN, NO_TOPIC + "{a.b-c=UNKNOWN_TOPIC_OR_PARTITION}", 0))
                .isFalse();
        assertThat(shows(
                        CLIENT,
                        Level.WARN,
                        NO_TOPIC + "{a=UNKNOWN_TOPIC_OR_PARTITION, b=UNKNOWN_TOPIC_OR_PARTITION}",
                        1))
                .isFalse();
        assertThat(shows(CLIENT, Level.WARN, NO_TOPIC + "{a=UNKNOWN_TOPIC_OR_PARTITION, b=INVALID_TOPIC_EXCEPTION}", 2))
                .isTrue();
    }

    /// The broker completes a transaction after it has answered, and the next one begins meanwhile.
    @Test
    void aTransactionThatWaitsForTheOneBeforeIsNotLogged() {
        String retry = "[Producer clientId=p, transactionalId=t] Got error produce response with correlation id 16 on"
                + " topic-partition a-0, retrying (2147483646 attempts left). Error: ";
        filter.addLogger(OTHER);

        assertThat(shows(OTHER, Level.WARN, retry + "CONCURRENT_TRANSACTIONS", 0))
                .isFalse();
        assertThat(shows(OTHER, Level.WARN, retry + "NOT_ENOUGH_REPLICAS", 1)).isTrue();
    }

    @Test
    void aClockSetBackDoesNotSilenceIt() {
        assertThat(shows(CLIENT, Level.WARN, AWAY, 3_600_000)).isTrue();
        assertThat(shows(CLIENT, Level.WARN, AWAY, 0)).isTrue();
        assertThat(shows(CLIENT, Level.WARN, AWAY, 1)).isFalse();
    }

    /// A class or a logger that is misspelled there is ignored without a word.
    @Test
    void theLogsConfigurationHasIt() throws JoranException {
        LoggerContext context = new LoggerContext();
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(Path.of("src/main/resources/logback.xml").toFile());
        var stderr = (ConsoleAppender<ILoggingEvent>) context.getLogger("ROOT").getAppender("stderr");

        assertThat(List.of(CLIENT, OTHER)).allSatisfy(logger -> {
            assertThat(stderr.getFilterChainDecision(event(logger, Level.WARN, AWAY, 0)))
                    .isEqualTo(FilterReply.NEUTRAL);
            assertThat(stderr.getFilterChainDecision(event(logger, Level.WARN, AWAY, 1)))
                    .isEqualTo(FilterReply.DENY);
        });
        context.stop();
    }

    private boolean shows(String logger, Level level, String message, long ms) {
        return filter.decide(event(logger, level, message, ms)) != FilterReply.DENY;
    }

    private static ILoggingEvent event(String logger, Level level, String message, long ms) {
        LoggingEvent event = new LoggingEvent();
        event.setLoggerName(logger);
        event.setLevel(level);
        event.setMessage(message);
        event.setTimeStamp(START_MS + ms);
        return event;
    }
}
