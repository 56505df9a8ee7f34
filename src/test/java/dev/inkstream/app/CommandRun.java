package dev.inkstream.app;

import dev.inkstream.app.console.StopSignal;
import dev.inkstream.app.console.Terminal;
import dev.inkstream.app.console.Terminal.Screen;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// A command running in this JVM, with what it has printed so far.
final class CommandRun {
    private final StopSignal stop = new StopSignal();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
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
        Thread.ofPlatform().daemon().start(() -> status.complete(new Main(terminal, stop).run(args)));
    }

    /// Asks it to stop, as Ctrl-C does.
    CommandRun stop() {
        stop.request();
        return this;
    }

    /// Waits for its end.
    int status() {
        return status.orTimeout(30, TimeUnit.SECONDS).join();
    }

    String out() {
        return out.toString();
    }

    String err() {
        return err.toString();
    }
}
