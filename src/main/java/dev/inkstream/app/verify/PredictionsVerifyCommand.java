package dev.inkstream.app.verify;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.inkstream.app.cluster.ReadOptions;
import dev.inkstream.app.console.Json;
import dev.inkstream.app.console.StopSignal;
import dev.inkstream.app.console.Terminal;
import dev.inkstream.app.console.Text;
import dev.inkstream.app.console.UserException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.LongSupplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Computes stored predictions again, from the image and the version that each names.
@Command(
        name = "verify",
        description = "Compute stored predictions again from image and version, and compare label and scores to the"
                + " bit, of the version that served and of its shadow.",
        footer = {
            "",
            "Exit status 1: a prediction differs, or cannot be verified since its image or its version is gone. The"
                    + " first ten are printed."
        })
public final class PredictionsVerifyCommand implements Callable<Integer> {
    private static final int LIMIT = 10;
    private static final double NANOS_PER_SECOND = 1e9;

    private final Terminal terminal;
    private final StopSignal stop;
    private final InstantSource clock;
    private final LongSupplier nanos;
    private final List<PredictionProblem> kept = new ArrayList<>();

    @Mixin
    private ReadOptions options = new ReadOptions();

    @Mixin
    private WindowOptions window = new WindowOptions();

    /// @param nanos a clock, as [System#nanoTime()]
    public PredictionsVerifyCommand(Terminal terminal, StopSignal stop, InstantSource clock, LongSupplier nanos) {
        this.terminal = terminal;
        this.stop = stop;
        this.clock = clock;
        this.nanos = nanos;
    }

    @Override
    public Integer call() throws InterruptedException {
        long start = nanos.getAsLong();
        PredictionWindow wanted = window.window(clock.instant());
        PredictionAccess access = PredictionAccess.connect(options, terminal, stop);
        Recomputation done =
                access.visit(wanted, access.published(), networks -> new Recomputation(networks, this::keep));
        double seconds = (nanos.getAsLong() - start) / NANOS_PER_SECOND;
        terminal.out().println(options.json() ? Json.document(json(done, seconds)) : text(done, seconds));
        if (done.verified() + done.failed() == 0) {
            throw new UserException("nothing was verified: %s has no such predictions"
                    .formatted(access.access().topics().predictions().name()));
        }
        return done.failed() == 0 ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    private void keep(PredictionProblem problem) {
        if (kept.size() < LIMIT) {
            kept.add(problem);
            if (!options.json()) {
                terminal.out().println(Text.printable(problem.sentence()));
                terminal.out().flush();
            }
        }
    }

    private static String text(Recomputation done, double seconds) {
        long all = done.verified() + done.failed();
        String what = done.failed() == 0
                ? Text.count(all, "prediction")
                : "%s of %s".formatted(Text.count(done.verified()), Text.count(all, "prediction"));
        String line = "verified %s by %s in %s s"
                .formatted(what, Text.count(done.versions(), "version"), Text.decimals(seconds, 1));
        return done.failed() <= LIMIT ? line : line + "; the first %d others are above".formatted(LIMIT);
    }

    private ObjectNode json(Recomputation done, double seconds) {
        ObjectNode json = Json.object()
                .put("verified", done.verified())
                .put("failed", done.failed())
                .put("versions", done.versions())
                .put("seconds", seconds);
        ArrayNode problems = json.putArray("problems");
        kept.forEach(problem -> problems.add(Json.object()
                .put("kind", problem.kind().name())
                .put("partition", problem.partition())
                .put("offset", problem.offset())
                .put("message", problem.sentence())));
        return json;
    }
}
