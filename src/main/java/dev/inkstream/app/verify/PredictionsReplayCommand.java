package dev.inkstream.app.verify;

import dev.inkstream.app.cluster.ReadOptions;
import dev.inkstream.app.console.Json;
import dev.inkstream.app.console.OptionRange;
import dev.inkstream.app.console.StopSignal;
import dev.inkstream.app.console.Terminal;
import dev.inkstream.app.models.VersionName;
import dev.inkstream.app.picture.ImageGrid;
import dev.inkstream.app.picture.PictureFile;
import dev.inkstream.app.picture.Shades;
import dev.inkstream.record.ModelVersion;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Shows what another version would have answered to the images of stored predictions.
@Command(
        name = "replay",
        description = "Show what another version would have answered: how many answers change, by class, which version"
                + " is better where labels are known, and the first images whose answer changes.")
public final class PredictionsReplayCommand implements Callable<Integer> {
    private static final int MOST = 100_000;
    private static final int ACROSS = 4;

    private final Terminal terminal;
    private final StopSignal stop;
    private final InstantSource clock;

    @Mixin
    private ReadOptions options = new ReadOptions();

    @Mixin
    private WindowOptions window = new WindowOptions();

    @Option(
            names = "--version",
            paramLabel = "N",
            required = true,
            description = "The other version: 7, v7 or an alias.")
    private String version = "";

    @Option(
            names = "--count",
            paramLabel = "N",
            defaultValue = "10000",
            description = "Replay at most this many predictions (default: ${DEFAULT-VALUE}).")
    private long count = 10_000;

    @Option(names = "--png", paramLabel = "FILE", description = "Write the images to a PNG file instead.")
    private @Nullable Path png;

    public PredictionsReplayCommand(Terminal terminal, StopSignal stop, InstantSource clock) {
        this.terminal = terminal;
        this.stop = stop;
        this.clock = clock;
    }

    @Override
    public Integer call() throws InterruptedException {
        VersionName named = VersionName.of("--version", version);
        new OptionRange("--count", 1, MOST).check(count);
        PredictionWindow wanted = window.window(clock.instant());
        PredictionAccess access = PredictionAccess.connect(options, terminal, stop);
        PublishedClaims published = access.published();
        String model = published.choose("--model", wanted.model());
        ModelVersion other = published.version(model, access.number(model, named));
        OtherAnswers answers = access.visit(
                wanted.of(model),
                published,
                networks -> new OtherAnswers(networks.of(other).orElseThrow(), count));
        ReplayReport report = new ReplayReport(other, answers, access.labels(answers.pairs()));
        terminal.out().print(options.json() ? Json.document(report.json()) + "\n" : report.text());
        draw(answers);
        return CommandLine.ExitCode.OK;
    }

    private void draw(OtherAnswers answers) {
        if (answers.tiles().isEmpty()) {
            return;
        }
        ImageGrid grid = new ImageGrid(answers.tiles(), ACROSS);
        if (png != null) {
            PictureFile.write(png, grid);
        } else if (!options.json()) {
            Shades shades = Shades.of(terminal.env(), terminal.screen().color());
            terminal.out().println();
            terminal.out().print(grid.terminal(shades, terminal.screen().width()));
        }
    }
}
