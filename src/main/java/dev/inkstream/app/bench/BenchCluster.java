package dev.inkstream.app.bench;

import dev.inkstream.app.cluster.BrokerWait;
import dev.inkstream.app.cluster.KafkaSettings;
import dev.inkstream.app.console.StopSignal;
import dev.inkstream.app.console.UserException;
import dev.inkstream.app.files.TemporaryDirectory;
import dev.inkstream.app.process.BrokerProcess;
import dev.inkstream.app.process.JavaCommand;
import dev.inkstream.app.process.ProgramProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;

/// A broker in a process of its own, and what is needed to start roles beside it. Closing it stops the broker.
///
/// @param files what the processes print
/// @param admin of the broker
/// @param started how many processes it has started
record BenchCluster(
        StopSignal stop,
        JavaCommand java,
        TemporaryDirectory files,
        BrokerProcess broker,
        Admin admin,
        AtomicInteger started)
        implements AutoCloseable {
    private static final String PREFIX = "inkstream-bench-";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /// How long a process that a signal ended waits for the signal of its parent.
    private static final Duration SAME_SIGNAL = Duration.ofMillis(500);

    /// Starts the broker.
    ///
    /// @throws UserException if it does not start
    /// @throws InterruptedException when a stop is asked for
    static BenchCluster start(StopSignal stop) throws InterruptedException {
        TemporaryDirectory files = directory();
        try {
            return start(stop, JavaCommand.ofThisProcess().in(files.path()), files);
        } catch (RuntimeException | InterruptedException e) {
            files.close();
            throw e;
        }
    }

    private static BenchCluster start(StopSignal stop, JavaCommand java, TemporaryDirectory files)
            throws InterruptedException {
        BrokerProcess broker = BrokerProcess.start(java, files.path().resolve("broker.log"), stop);
        try {
            Admin admin = new BrokerWait(PATIENCE, stop, notice -> {}, System::nanoTime)
                    .connect(KafkaSettings.at(broker.address()));
            return new BenchCluster(stop, java, files, broker, admin, new AtomicInteger());
        } catch (RuntimeException | InterruptedException e) {
            broker.close();
            throw e;
        }
    }

    private static TemporaryDirectory directory() {
        Path parent = Path.of(System.getProperty("java.io.tmpdir"));
        try {
            TemporaryDirectory made = TemporaryDirectory.create(parent, PREFIX);
            made.removeAbandoned(PREFIX, InstantSource.system());
            return made;
        } catch (IOException e) {
            throw new UserException(
                    "no temporary directory can be made in %s (%s): choose another with -Djava.io.tmpdir"
                            .formatted(parent, e.getMessage()),
                    e);
        }
    }

    KafkaSettings settings() {
        return KafkaSettings.at(broker.address());
    }

    /// Starts a command that uses the broker.
    ///
    /// @param name of the process in messages
    /// @param command with its arguments
    ProgramProcess run(String name, List<String> command) {
        return ProgramProcess.start(java, nextLog(), name, withBroker(command));
    }

    /// Starts a program of the benchmarks, which has libraries that this one has not.
    ///
    /// @param program class path and main class
    ProgramProcess run(Program program, String name, List<String> command) {
        return ProgramProcess.start(
                java.of(program.classPath(), program.mainClass()), nextLog(), name, withBroker(command));
    }

    /// Starts a command that has a broker of its own.
    ProgramProcess runAlone(String name, List<String> command) {
        return ProgramProcess.start(java, nextLog(), name, command);
    }

    private List<String> withBroker(List<String> command) {
        List<String> arguments = new ArrayList<>(command);
        arguments.addAll(List.of("--bootstrap-server", broker.address()));
        return arguments;
    }

    private Path nextLog() {
        return files.path().resolve(started.incrementAndGet() + ".log");
    }

    /// Checks that a process and the broker run.
    ///
    /// @throws UserException if one of them has ended
    /// @throws InterruptedException when a stop is asked for
    void check(ProgramProcess process) throws InterruptedException {
        // Ctrl-C reaches all of them, in any order.
        boolean alive = process.isAlive() && broker.process().isAlive();
        boolean stopped = alive ? stop.isRequested() : stop.await(SAME_SIGNAL);
        if (stopped) {
            throw new InterruptedException("stopped while it was measuring");
        }
        broker.process().requireAlive();
        process.requireAlive();
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
        broker.close();
        files.close();
    }
}
