package dev.inkstream.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkstream.app.cluster.KafkaOptions;
import dev.inkstream.app.console.LogOptions;
import dev.inkstream.app.console.Terminal;
import dev.inkstream.app.console.Terminal.Screen;
import dev.inkstream.app.console.UsageException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class FailuresTest {
    private final StringWriter err = new StringWriter();

    @Test
    void aBugSaysWhereItsStackTraceIs() {
        assertThat(statusOf(new IllegalStateException("no weights"))).isEqualTo(1);
        assertThat(err.toString())
                .isEqualToIgnoringNewLines(
                        "inkstream: 'inkstream work' failed unexpectedly: java.lang.IllegalStateException: no weights"
                                + " (run it with --stacktrace to see where, and please report it)\n");
    }

    @Test
    void aFailureOfKafkaNamesTheAddress() {
        assertThat(statusOf(new IllegalStateException(new TimeoutException("late"))))
                .isEqualTo(1);
        assertThat(err.toString()).startsWith("inkstream: Kafka at b:1 did not answer in time (late): ");
    }

    @Test
    void aUsageFailureFromWithinACommandHasStatusTwo() {
        assertThat(statusOf(new UsageException("bad"))).isEqualTo(2);
        assertThat(err.toString()).isEqualToIgnoringNewLines("inkstream: bad\n");
    }

    @Test
    void anInterruptIsNoFailure() {
        assertThat(statusOf(new InterruptedException())).isEqualTo(130);
        assertThat(err.toString()).isEmpty();
    }

    /// A role's failure is a line of its log: one sentence for a condition, and for a bug its stack trace.
    @Test
    void aRoleLogsItsFailure() {
        try (CapturedLog log = CapturedLog.open()) {
            assertThat(statusOf("role", new IllegalStateException(new TimeoutException("late"))))
                    .isEqualTo(1);
            assertThat(statusOf("role", new IllegalStateException("no weights")))
                    .isEqualTo(1);
            assertThat(statusOf("role", new UsageException("bad"))).isEqualTo(2);
            assertThat(log.lines())
                    .containsExactly(
                            "ERROR Kafka at b:1 did not answer in time (late): check that it runs and that the address"
                                    + " is right",
                            "ERROR 'inkstream role' failed unexpectedly: java.lang.IllegalStateException: no weights"
                                    + " (please report it)");
            assertThat(log.events().get(0).getThrowableProxy()).isNull();
            assertThat(log.events().get(1).getThrowableProxy()).isNotNull();
        }
        assertThat(err.toString()).isEqualToIgnoringNewLines("inkstream: bad\n");
    }

    private int statusOf(Exception failure) {
        return statusOf("work", failure);
    }

    private int statusOf(String command, Exception failure) {
        Terminal terminal = new Terminal(new PrintWriter(err), new PrintWriter(err, true), Screen.PLAIN, Map.of());
        CommandLine root =
                new CommandLine(new RootCommand()).addSubcommand(new Work()).addSubcommand(new Role());
        CommandLine work = root.getSubcommands().get(command);
        root.setCaseInsensitiveEnumValuesAllowed(true).parseArgs(command, "--bootstrap-server", "b:1");
        return new Failures(terminal).onExecution(failure, work, root.getParseResult());
    }

    @Command(name = "role")
    private static final class Role {
        @Mixin
        @SuppressWarnings("unused") // picocli fills it
        private KafkaOptions kafka = new KafkaOptions();

        @Mixin
        @SuppressWarnings("unused") // picocli fills it
        private LogOptions log = new LogOptions();
    }

    @Command(name = "work")
    private static final class Work {
        @Mixin
        @SuppressWarnings("unused") // picocli fills it
        private KafkaOptions kafka = new KafkaOptions();
    }
}
