package dev.inkstream.app.faults;

import dev.inkstream.app.faults.agent.Halts;
import dev.inkstream.app.role.ChildProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/// A process of the program, with a log file of its own. Thread-safe.
final class Member {
    static final String NOTHING_SAID = "(nothing said)";

    /// A role that runs logs the sentence; a command prints it.
    private static final Pattern LAST_WORDS =
            Pattern.compile("(?m)^(?:inkstream: |\\S+ ERROR d\\.i\\.a\\.Failures - )(.*)$");

    private final Target target;
    private final Process process;
    private final Path log;

    /// @param log takes what it prints
    Member(Target target, Path log, List<String> jvmOptions, List<String> args) throws IOException {
        this.target = target;
        this.log = log;
        process = ChildProcess.start(log, jvmOptions, args.toArray(String[]::new));
    }

    Target target() {
        return target;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /// SIGKILL; returns when it is gone.
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    /// SIGSTOP.
    void pause() throws IOException, InterruptedException {
        signal("STOP");
    }

    /// SIGCONT.
    void resume() throws IOException, InterruptedException {
        signal("CONT");
    }

    /// Orders it to halt at a point, see [Halts].
    void order(String order) throws IOException {
        process.getOutputStream().write((order + "\n").getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
    }

    /// Whether it halted where it was ordered to.
    boolean hasHalted() {
        return !isAlive() && status() == Halts.STATUS;
    }

    boolean endsWithin(Duration time) throws InterruptedException {
        return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    int status() {
        return process.exitValue();
    }

    /// What it has printed so far.
    String printed() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new IllegalStateException("cannot read " + log, e);
        }
    }

    /// Whether it has partitions to work on.
    boolean works() {
        return printed().contains("works on [");
    }

    /// The sentence that it ended with, without what a role's log puts before it.
    String lastWords() {
        return LAST_WORDS
                .matcher(printed())
                .results()
                .map(match -> match.group(1))
                .reduce((first, second) -> second)
                .orElse(NOTHING_SAID);
    }

    private void signal(String signal) throws IOException, InterruptedException {
        int status = new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid()))
                .start()
                .waitFor();
        if (status != 0) {
            throw new IllegalStateException("kill -" + signal + " of " + target + " failed with " + status);
        }
    }
}
