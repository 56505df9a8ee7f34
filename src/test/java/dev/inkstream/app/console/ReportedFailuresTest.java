package dev.inkstream.app.console;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.joran.spi.JoranException;
import ch.qos.logback.core.spi.FilterReply;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.kafka.clients.consumer.internals.CompletedFetch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What the log drops, and what a line of it is as JSON.
class ReportedFailuresTest {
    private final LoggerContext context = new LoggerContext();
    private final ReportedFailures filter = new ReportedFailures();

    @BeforeEach
    void configure() {
        context.getLogger("dev.inkstream").setLevel(Level.INFO);
        filter.setContext(context);
        filter.addLogger("org.apache.kafka.streams");
    }

    @Test
    void errorsThatAreThrownAreDropped() {
        assertThat(decide("org.apache.kafka.streams.processor.internals.TaskExecutor", Level.ERROR))
                .isEqualTo(FilterReply.DENY);
        assertThat(decide("org.apache.kafka.streams.processor.internals.StreamThread", Level.WARN))
                .isEqualTo(FilterReply.NEUTRAL);
        assertThat(decide("org.apache.kafka.clients.Metadata", Level.ERROR)).isEqualTo(FilterReply.NEUTRAL);
        assertThat(decide("dev.inkstream.app.Failures", Level.ERROR)).isEqualTo(FilterReply.NEUTRAL);
    }

    @Test
    void aLoginThatFailsIsThrown() {
        String client = "org.apache.kafka.clients.NetworkClient";
        LoggingEvent failed = new LoggingEvent(
                "any",
                context.getLogger(client),
                Level.ERROR,
                "[AdminClient clientId=a] Connection to node -1 (b/127.0.0.1:1) failed authentication due to: SSL"
                        + " handshake failed",
                null,
                null);
        assertThat(filter.decide(failed)).isEqualTo(FilterReply.DENY);
        assertThat(decide(client, Level.ERROR)).isEqualTo(FilterReply.NEUTRAL);
    }

    @Test
    void nothingIsDroppedAtDebug() {
        context.getLogger("dev.inkstream").setLevel(Level.DEBUG);
        assertThat(decide("org.apache.kafka.streams.KafkaStreams", Level.ERROR)).isEqualTo(FilterReply.NEUTRAL);
    }

    /// A poll that our consumers bound ends with an exception, which Kafka's client logs twice.
    @Test
    void theEndOfABoundedPollIsNoError() throws JoranException {
        LoggerContext role = new LoggerContext();
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(role);
        configurator.doConfigure(Path.of("src/main/resources/logback.xml").toFile());
        var stderr = (ConsoleAppender<ILoggingEvent>) role.getLogger("ROOT").getAppender("stderr");

        assertThat(stderr.getFilterChainDecision(event(CompletedFetch.class.getName(), Level.ERROR)))
                .isEqualTo(FilterReply.DENY);
        role.stop();
    }

    @Test
    void aLineIsOneJsonObject() throws Exception {
        LoggingEvent event = event("dev.inkstream.app.Failures", Level.ERROR);
        event.setMessage("topic {} is \"gone\"\n");
        event.setArgumentArray(new Object[] {"t.images"});
        event.setTimeStamp(1_764_160_000_123L);
        byte[] line = ProcessLog.json(context).encode(event);
        JsonNode json = new ObjectMapper().readTree(line);
        assertThat(json.path("timestamp").asLong()).isEqualTo(1_764_160_000_123L);
        assertThat(json.path("level").asText()).isEqualTo("ERROR");
        assertThat(json.path("loggerName").asText()).isEqualTo("dev.inkstream.app.Failures");
        assertThat(json.path("formattedMessage").asText()).isEqualTo("topic t.images is \"gone\"\n");
        assertThat(new String(line, StandardCharsets.UTF_8)).endsWith("}\n").hasLineCount(1);
    }

    private FilterReply decide(String logger, Level level) {
        return filter.decide(event(logger, level));
    }

    private LoggingEvent event(String name, Level level) {
        Logger logger = context.getLogger(name);
        LoggingEvent event = new LoggingEvent("any", logger, level, null, null, null);
        event.setThreadName("main");
        return event;
    }
}
