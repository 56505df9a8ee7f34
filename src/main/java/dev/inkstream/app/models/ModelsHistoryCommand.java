package dev.inkstream.app.models;

import dev.inkstream.app.cluster.ModelNameOption;
import dev.inkstream.app.cluster.ReadOptions;
import dev.inkstream.app.console.Json;
import dev.inkstream.app.console.OptionRange;
import dev.inkstream.app.console.PointInTime;
import dev.inkstream.app.console.Text;
import dev.inkstream.record.ModelDecision;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// What was decided about the versions of a model, and what served when.
@Command(
        name = "history",
        description = "List the decisions about a model's versions, or say what served at a time with --at.",
        footer = {"", "The time of a decision is the timestamp of the record that led to it."})
final class ModelsHistoryCommand implements Callable<Integer> {
    private static final int MOST = 1_000_000;

    private final ModelsConsole console;

    @Mixin
    private ReadOptions options = new ReadOptions();

    @Mixin
    private ModelNameOption model = new ModelNameOption();

    @Option(
            names = "--at",
            paramLabel = "TIME",
            description = "Say what served then: a time like 2026-11-26T09:30:00Z, or how long ago, like 10m.")
    private @Nullable String at;

    @Option(
            names = "--count",
            paramLabel = "N",
            defaultValue = "1000",
            description = "List only the last N decisions (default: ${DEFAULT-VALUE}).")
    private int count = 1_000;

    ModelsHistoryCommand(ModelsConsole console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        int limit = (int) new OptionRange("--count", 1, MOST).check(count);
        if (at == null) {
            list(limit);
        } else {
            Instant time = PointInTime.of("--at", at, console.clock().instant());
            ServedThen served = new ServedThen(model.model(), time);
            read(served::add);
            console.terminal().out().print(options.json() ? Json.document(served.json()) + "\n" : served.text());
        }
        return CommandLine.ExitCode.OK;
    }

    private void list(int limit) throws InterruptedException {
        History history = new History(limit);
        read(history::add);
        PrintWriter err = console.terminal().err();
        if (history.isEmpty()) {
            err.println("model %s has no decisions yet: its evaluator writes them".formatted(model.model()));
        } else if (history.left() > 0) {
            err.println(Text.count(history.left(), "earlier decision") + " left out; --count lists more");
        }
        if (options.json()) {
            console.terminal().out().println(Json.document(history.json()));
        } else if (!history.isEmpty()) {
            console.terminal().out().print(history.table());
        }
    }

    private void read(Consumer<ModelDecision> sink) throws InterruptedException {
        String name = model.model();
        console.connect(options, all -> List.of(all.modelDecisions())).decisions(name, sink);
    }
}
