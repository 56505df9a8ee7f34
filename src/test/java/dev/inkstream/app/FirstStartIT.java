package dev.inkstream.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.inkstream.record.ImageRecord;
import dev.inkstream.record.LabeledImage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;

/// All roles on topics that have just been created, with the log of a role: what happens is said once, and nothing is a
/// warning.
@ExtendWith(ClusterExtension.class)
class FirstStartIT {
    private static final List<String> ROLES = List.of("evaluator", "trainer", "classifier", "labeler");
    private static final String VERSION = "digits v1 \\(\\w{12}\\)";

    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Level level = root.getLevel();
    private final Cluster cluster;

    FirstStartIT(Cluster cluster) {
        this.cluster = cluster.withTopics();
    }

    /// As the launcher does for a role.
    @BeforeEach
    void warn() {
        root.setLevel(Level.WARN);
    }

    @AfterEach
    void restore() {
        root.setLevel(level);
    }

    @Test
    void saysWhatHappensAndWarnsOfNothing() {
        try (CapturedLog log = CapturedLog.open()) {
            List<CommandRun> roles = ROLES.stream().map(this::start).toList();
            send(cluster.topics().holdoutImages().name(), 0, 4);
            send(cluster.topics().labeledImages().name(), 0, 16);
            await().atMost(Duration.ofMinutes(3)).untilAsserted(() -> {
                assertThat(ROLES).allSatisfy(role -> assertOnce(log, role + ": works on .*"));
                assertOnce(log, "published " + VERSION + " after 16 examples");
                assertOnce(log, "scored " + VERSION + ": [0-4] of 4 holdout images correct, mean loss \\d\\.\\d{4}");
                assertOnce(
                        log,
                        "decision 1 of model digits: PROMOTED " + VERSION + ", by always: every version is promoted");
                assertOnce(log, "loaded " + VERSION);
            });
            roles.forEach(role -> assertThat(role.stop().status()).isZero());
            assertThat(ours(log)).noneMatch(line -> line.startsWith("WARN ") || line.startsWith("ERROR "));
        }
    }

    private CommandRun start(String role) {
        return switch (role) {
            case "trainer" -> cluster.start(role, "--monitor-port", "off", "--snapshot-every", "1");
            case "evaluator" -> cluster.start(role, "--monitor-port", "off", "--promotion", "always");
            default -> cluster.start(role, "--monitor-port", "off");
        };
    }

    private static void assertOnce(CapturedLog log, String pattern) {
        assertThat(ours(log))
                .filteredOn(line -> line.matches("INFO " + pattern))
                .hasSize(1);
    }

    /// Without what the broker says, which runs in this JVM too.
    private static List<String> ours(CapturedLog log) {
        return log.events().stream()
                .filter(event -> Stream.of("dev.inkstream", "org.apache.kafka.clients", "org.apache.kafka.streams")
                        .anyMatch(event.getLoggerName()::startsWith))
                .map(FirstStartIT::line)
                .toList();
    }

    private static String line(ILoggingEvent event) {
        return event.getLevel() + " " + event.getFormattedMessage();
    }

    private void send(String topic, int first, int count) {
        List<ProducerRecord<String, byte[]>> records = IntStream.range(first, first + count)
                .mapToObj(i -> Samples.record(topic, "i" + i, Cluster.SERDES.labeledImage(), labeled(i)))
                .toList();
        cluster.send(true, records);
    }

    private static LabeledImage labeled(int number) {
        byte[] pixels = new byte[28 * 28];
        pixels[number * 28] = (byte) 255;
        return new LabeledImage(new ImageRecord(28, 28, pixels, Instant.ofEpochMilli(number)), number % 10);
    }
}
