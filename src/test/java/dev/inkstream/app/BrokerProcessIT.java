package dev.inkstream.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.inkstream.app.console.StopSignal;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The `broker` command as its users run it: a process of its own, stopped by a signal.
@Timeout(600)
class BrokerProcessIT {
    private static final Pattern READY =
            Pattern.compile("Kafka is ready on 127\\.0\\.0\\.1:\\d+ \\(data in (.+), Ctrl-C stops it\\)");
    private static final Pattern SERVER_JAR = Pattern.compile("(kafka_2|kafka-(metadata|server)).*");

    @TempDir
    private Path temporary;

    private final List<Process> processes = new ArrayList<>();

    @AfterEach
    void endProcesses() {
        processes.forEach(Process::destroyForcibly);
    }

    @Test
    void aStopRequestedWhileTheBrokerStartsStopsIt() {
        StopSignal stop = new StopSignal();
        stop.request();

        Run run = Run.with(Map.of(), stop, "broker", "--port", "0");

        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isZero();
        assertThat(run.out()).matches("Kafka is ready on 127\\.0\\.0\\.1:\\d+ \\(data in .+, Ctrl-C stops it\\)\\R");
    }

    @Test
    void sigtermStopsItCleanlyAndItsDataGoes() throws Exception {
        Process process = inkstream(System.getProperty("java.class.path"), "broker", "--port", "0");
        BufferedReader out = process.inputReader();
        Matcher ready = READY.matcher(String.valueOf(out.readLine()));
        assertThat(ready.matches()).as("ready line").isTrue();
        Path data = Path.of(ready.group(1));
        assertThat(data).isDirectory();

        process.toHandle().destroy(); // SIGTERM; Process.destroy would close the output as well

        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(143);
        assertThat(out.lines()).isEmpty();
        assertThat(process.errorReader().lines()).isEmpty();
        assertThat(data).doesNotExist();
    }

    @Test
    void aSignalWhileItStartsIsQuietAndLeavesNothing() throws Exception {
        Process process = inkstream(System.getProperty("java.class.path"), "broker", "--port", "0");
        await().atMost(Duration.ofMinutes(3))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> !isEmpty(temporary));

        process.toHandle().destroy();

        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(143);
        assertThat(process.errorReader().lines()).isEmpty();
        assertThat(temporary).isEmptyDirectory();
    }

    private static boolean isEmpty(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.findAny().isEmpty();
        }
    }

    @Test
    void withoutTheServersJarsItSaysHowToGetThem() throws Exception {
        String roles = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !SERVER_JAR
                        .matcher(Path.of(entry).getFileName().toString())
                        .matches())
                .collect(Collectors.joining(File.pathSeparator));
        Process process = inkstream(roles, "broker", "--port", "0");

        assertThat(process.errorReader().lines())
                .singleElement()
                .asString()
                .startsWith("inkstream: the Kafka broker is not on the class path (")
                .endsWith("is missing): start with the inkstream launcher, or add target/broker-lib/*");
        assertThat(process.waitFor()).isEqualTo(1);
    }

    private Process inkstream(String classPath, String... args) throws IOException {
        Process process = Program.start(classPath, List.of("-Djava.io.tmpdir=" + temporary), args);
        processes.add(process);
        return process;
    }
}
