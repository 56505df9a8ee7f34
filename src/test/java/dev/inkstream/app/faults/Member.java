package dev.inkstream.app.faults;

import dev.inkstream.app.role.ChildProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/// A process of the program, with a log file of its own. Not thread-safe.
final class Member {
    static final String NOTHING_SAID = "(nothing said)";

    /// A role that runs logs the sentence; a command prints it.
    private static final Pattern LAST_WORDS =
            Pattern.compile("(?m)^(?:inkstream: |\\S+ ERROR d\\.i\\.a\\.Failures - )(.*)$");

    private final String name;
    private final Process process;
    private final Path log;

    /// @param log takes what it prints
    Member(String name, Path log, List<String> args) throws IOException {
        this.name = name;
        this.log = log;
        process = ChildProcess.start(log, args.toArray(String[]::new));
    }

    String name() {
        return name;
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

    /// SIGTERM.
    ///
    /// @return whether it ended in time
    boolean terminate(long seconds) throws InterruptedException {
        process.destroy();
        return endsWithin(seconds);
    }

    boolean endsWithin(long seconds) throws InterruptedException {
        return process.waitFor(seconds, TimeUnit.SECONDS);
    }

    int status() {
        return process.exitValue();
    }

    /// What it has printed so far.
    String printed() throws IOException {
        return Files.readString(log);
    }

    /// The sentence that it ended with, without what a role's log puts before it.
    String lastWords() throws IOException {
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
            throw new IllegalStateException("kill -" + signal + " of " + name + " failed with " + status);
        }
    }
}
