package dev.inkstream.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.inkstream.app.console.StopSignal;
import dev.inkstream.app.console.Terminal;
import dev.inkstream.app.console.Terminal.Screen;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// A command running in this JVM, with what it has printed so far.
final class CommandRun {
    private final StopSignal stop = new StopSignal();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final CapturedLog log = CapturedLog.open();
    private final CompletableFuture<Integer> status = new CompletableFuture<>();

    static CommandRun start(String... args) {
        CommandRun run = new CommandRun();
        run.start(new PrintWriter(run.out), args);
        return run;
    }

    /// As [#start], printing its results to `out`.
    static CommandRun printingTo(PrintWriter out, String... args) {
        CommandRun run = new CommandRun();
        run.start(out, args);
        return run;
    }

    private void start(PrintWriter results, String... args) {
        Terminal terminal = new Terminal(results, new PrintWriter(err), Screen.PLAIN, Map.of());
        Thread.ofPlatform().daemon().start(() -> {
            try (log) {
                status.complete(new Main(terminal, stop).run(args));
            }
        });
    }

    /// Asks it to stop, as Ctrl-C does.
    CommandRun stop() {
        stop.request();
        return this;
    }

    /// Waits until it has done something; if it ends before, that is a failure.
    CommandRun awaitThat(BooleanSupplier done) {
        await().atMost(Duration.ofMinutes(3)).pollDelay(Duration.ZERO).until(() -> {
            assertThat(status).as(err() + log()).isNotDone();
            return done.getAsBoolean();
        });
        return this;
    }

    /// Waits for its end for longer than [#status()].
    CommandRun ended() {
        await().atMost(Duration.ofMinutes(5)).until(status::isDone);
        return this;
    }

    /// Waits for its end.
    int status() {
        return status.orTimeout(120, TimeUnit.SECONDS).join();
    }

    String out() {
        return out.toString();
    }

    /// Level and message of each line that this JVM has logged meanwhile.
    List<String> log() {
        return log.lines();
    }

    String err() {
        return err.toString();
    }
}
