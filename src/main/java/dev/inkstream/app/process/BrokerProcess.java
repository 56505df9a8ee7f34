package dev.inkstream.app.process;

import dev.inkstream.app.console.StopSignal;
import dev.inkstream.app.console.UserException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The `broker` command in a process of its own, on a free port of the loopback interface. Thread-safe.
///
/// @param address `HOST:PORT` of the broker
public record BrokerProcess(ProgramProcess process, String address) implements AutoCloseable {
    private static final Pattern READY = Pattern.compile("Kafka is ready on (\\S+) \\(data in ");
    private static final Duration LOOK_EVERY = Duration.ofMillis(20);
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /// Starts it, and returns when it takes connections.
    ///
    /// @param log takes what it prints
    /// @throws UserException if the broker ends, or is not ready within a minute
    /// @throws InterruptedException when a stop is asked for
    public static BrokerProcess start(JavaCommand java, Path log, StopSignal stop) throws InterruptedException {
        ProgramProcess process = ProgramProcess.start(java, log, "broker", List.of("broker", "--port", "0"));
        try {
            return new BrokerProcess(process, awaitReady(process, stop));
        } catch (RuntimeException | InterruptedException e) {
            process.close();
            throw e;
        }
    }

    private static String awaitReady(ProgramProcess process, StopSignal stop) throws InterruptedException {
        while (System.nanoTime() - process.startNanos() < PATIENCE.toNanos()) {
            Matcher ready = READY.matcher(process.printed());
            if (ready.find()) {
                return ready.group(1);
            }
            if (stop.await(LOOK_EVERY)) {
                throw new InterruptedException("stopped while it was waiting for the broker");
            }
            process.requireAlive();
        }
        throw new UserException("the broker process was not ready within %d s".formatted(PATIENCE.toSeconds()));
    }

    @Override
    public void close() {
        process.close();
    }
}
