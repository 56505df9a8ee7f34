package dev.inkstream.app.process;

import dev.inkstream.app.console.UserException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A command of this program in a JVM of its own. What it prints goes to a file. It is stopped when the JVM that
/// started it ends. Thread-safe.
public final class ProgramProcess implements AutoCloseable {
    /// How long a process may take to stop by itself.
    private static final long GRACE_SECONDS = 12;

    /// The same when the parent is ending: a role stops late if its broker has stopped before it.
    private static final long HURRIED_SECONDS = 4;

    /// How long a killed process may take to end: until then it may write to its directory.
    private static final long KILL_SECONDS = 5;

    /// A higher status is that of a signal.
    private static final int KILLED = 128;

    /// A longer log is read from here to its end, in bytes.
    private static final int TAIL_BYTES = 64 * 1024;

    private final String name;
    private final Path log;
    private final Process process;
    private final long startNanos;
    private final Thread stopper;

    /// @param startNanos by `System.nanoTime`, right before the process was started
    ProgramProcess(String name, Path log, Process process, long startNanos) {
        this.name = name;
        this.log = log;
        this.process = process;
        this.startNanos = startNanos;
        this.stopper = new Thread(() -> stop(HURRIED_SECONDS), "inkstream-stop-" + name);
    }

    /// Starts a command; returns at once.
    ///
    /// @param log takes what it prints
    /// @param name of the process in messages
    /// @param arguments of the program
    /// @throws UserException if the JVM cannot be started
    public static ProgramProcess start(JavaCommand java, Path log, String name, List<String> arguments) {
        long start = System.nanoTime();
        try {
            Process process = new ProcessBuilder(java.line(arguments))
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .redirectInput(ProcessBuilder.Redirect.PIPE)
                    .start();
            ProgramProcess started = new ProgramProcess(name, log, process, start);
            started.stopWithParent();
            return started;
        } catch (IOException e) {
            throw new UserException("the %s process cannot be started: %s".formatted(name, e.getMessage()), e);
        }
    }

    private void stopWithParent() {
        try {
            Runtime.getRuntime().addShutdownHook(stopper);
        } catch (IllegalStateException e) {
            // The parent is ending already.
            process.destroyForcibly();
        }
    }

    /// By `System.nanoTime`, right before the process was started.
    public long startNanos() {
        return startNanos;
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /// Processor time of all its threads so far, in steps of 10 ms on Linux; zero if the system does not say.
    public Duration cpu() {
        return process.toHandle().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /// What it has printed so far; of a long text the end.
    public String printed() {
        try (SeekableByteChannel channel = Files.newByteChannel(log)) {
            channel.position(Math.max(0, channel.size() - TAIL_BYTES));
            ByteBuffer bytes = ByteBuffer.allocate(TAIL_BYTES);
            while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
                // A read may bring less than asked for.
            }
            return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + log, e);
        }
    }

    /// @throws UserException with the sentence that the process ended with, if it has ended
    public void requireAlive() {
        if (!process.isAlive()) {
            throw new UserException(sentence(process.exitValue()));
        }
    }

    private String sentence(int status) {
        return status > KILLED
                ? "the %s process was ended by signal %d".formatted(name, status - KILLED)
                : "the %s process ended with status %d: %s".formatted(name, status, LastWords.of(printed()));
    }

    /// The failure of a process that lives and does nothing.
    ///
    /// @param waited how long it did nothing
    /// @return names the process, and the last words of its log
    public UserException idle(Duration waited) {
        return new UserException("the %s process did nothing for %d s; the last words of its log: %s"
                .formatted(name, waited.toSeconds(), LastWords.of(printed())));
    }

    /// Stops it, as SIGTERM does, and returns when it has ended. One that does not end within 12 s is killed, and gets
    /// 5 s more to end: one that the system still holds after them may live when this returns.
    @Override
    public void close() {
        stop(GRACE_SECONDS);
        try {
            var _ = Runtime.getRuntime().removeShutdownHook(stopper);
        } catch (IllegalStateException e) {
            // The hook runs now.
        }
    }

    private void stop(long graceSeconds) {
        process.destroy();
        try {
            if (!process.waitFor(graceSeconds, TimeUnit.SECONDS)) {
                kill();
            }
        } catch (InterruptedException e) {
            kill();
            Thread.currentThread().interrupt();
        }
    }

    private void kill() {
        process.destroyForcibly();
        try {
            var _ = process.waitFor(KILL_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
