package dev.inkstream.app.origin;

import dev.inkstream.app.cluster.ModelNameOption;
import dev.inkstream.app.cluster.ReadOptions;
import dev.inkstream.app.console.Json;
import dev.inkstream.app.console.UsageException;
import dev.inkstream.app.console.UserException;
import dev.inkstream.app.origin.OddRecords.Stretch;
import dev.inkstream.app.verify.Claim;
import dev.inkstream.app.verify.ExclusionLine;
import dev.inkstream.app.verify.ImageSizeOption;
import dev.inkstream.network.Network;
import dev.inkstream.record.InvalidRecordException;
import dev.inkstream.record.ModelVersion;
import dev.inkstream.stream.Snapshots;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Finds the records after which accuracy fell.
@Command(
        name = "bisect",
        description = "Find the records after which accuracy on the holdout images fell.",
        footer = {
            "",
            "Scores every version, then trains the model again from its labeled images over the largest significant"
                    + " fall, and compares their labels with the answers of the best version before it. Writes to no"
                    + " topic."
        })
public final class ModelsBisectCommand implements Callable<Integer> {
    private final OriginConsole console;

    @Mixin
    private ReadOptions options = new ReadOptions();

    @Mixin
    private ModelNameOption model = new ModelNameOption();

    @Mixin
    private ImageSizeOption imageSize = new ImageSizeOption();

    @Option(
            names = "--significance",
            paramLabel = "P",
            defaultValue = "0.01",
            description = "Probability of a difference by chance below which a version is worse (default:"
                    + " ${DEFAULT-VALUE}).")
    private double significance = 0.01;

    @Option(
            names = "--ids-to",
            paramLabel = "FILE",
            description = "Write the records whose labels are contradicted, for 'models retrain --from-file'.")
    private @Nullable Path file;

    public ModelsBisectCommand(OriginConsole console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        imageSize.check();
        if (!(significance > 0 && significance < 1)) {
            throw UsageException.of("--significance", significance, "more than 0 and less than 1");
        }
        OriginTopics origin = console.connect(
                options, all -> List.of(all.weightSnapshots(), all.labeledImages(), all.holdoutImages()));
        VersionRun run = VersionRun.last(origin, model.model(), imageSize);
        HoldoutSet holdout = HoldoutSet.read(
                origin, model.model(), run.format(), console.clock().millis());
        if (holdout.images().isEmpty()) {
            throw new UserException("there are no holdout images on %s; send some, so that versions can be scored"
                    .formatted(origin.topics().holdoutImages().name()));
        }
        Optional<Fall.Found> fall = fall(origin, run, holdout);
        if (fall.isEmpty()) {
            none(run);
            return CommandLine.ExitCode.OK;
        }
        FallSearch search = new FallSearch(run, holdout, fall.get(), significance, oddFrom(run, fall.get()));
        search.run();
        Optional<Stretch> stretch = search.stretch();
        stretch.ifPresent(this::write);
        report(new BisectReport(
                run.log().topic(),
                fall.get(),
                search.narrowed(),
                stretch,
                stretch.map(search::toRebuild).orElse(fall.get().worst().id()),
                file));
        return CommandLine.ExitCode.OK;
    }

    private Optional<Fall.Found> fall(OriginTopics origin, VersionRun run, HoldoutSet holdout)
            throws InterruptedException {
        Set<ModelVersion> wanted =
                run.run().claims().stream().map(Claim::id).collect(Collectors.toCollection(HashSet::new));
        Fall fall = new Fall(significance);
        origin.published(run.run().model(), snapshot -> {
            if (wanted.remove(snapshot.id()) && Snapshots.fits(snapshot, run.format())) {
                try {
                    Network network = Snapshots.network(snapshot);
                    fall.add(new Fall.Scored(
                            snapshot.id(), snapshot.progress().lastOffset(), network, holdout.score(network)));
                } catch (InvalidRecordException e) {
                    return; // The evaluator refused it too.
                }
            }
        });
        return fall.found();
    }

    /// The offset after the version before the best one, which may have begun to learn what is looked for.
    private static long oddFrom(VersionRun run, Fall.Found fall) {
        return 1
                + run.run().claims().stream()
                        .mapToLong(Claim::lastOffset)
                        .filter(offset -> offset < fall.best().lastOffset())
                        .max()
                        .orElse(-1);
    }

    private void write(Stretch stretch) {
        if (file != null) {
            String lines = stretch.contradicted().stream()
                    .map(record -> new ExclusionLine(record.imageId(), OptionalLong.of(record.offset())).text() + "\n")
                    .collect(Collectors.joining());
            VersionFiles.write(file, lines.getBytes(StandardCharsets.UTF_8));
        }
    }

    private void none(VersionRun run) {
        String sentence = "no version of model %s is significantly worse on the holdout images than one before it"
                .formatted(run.run().model());
        console.terminal()
                .out()
                .println(
                        options.json()
                                ? Json.document(Json.object()
                                        .put("model", run.run().model())
                                        .put("fell", false))
                                : sentence);
    }

    private void report(BisectReport report) {
        if (options.json()) {
            console.terminal().out().println(Json.document(report.json()));
        } else {
            console.terminal().out().print(report.text());
        }
    }
}
