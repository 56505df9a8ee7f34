package dev.inkstream.app.origin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.inkstream.app.cluster.ModelNameOption;
import dev.inkstream.app.cluster.ReadOptions;
import dev.inkstream.app.cluster.SignOption;
import dev.inkstream.app.console.Json;
import dev.inkstream.app.console.Text;
import dev.inkstream.app.console.UsageException;
import dev.inkstream.app.verify.ExclusionOptions;
import dev.inkstream.app.verify.Exclusions;
import dev.inkstream.app.verify.ImageSizeOption;
import dev.inkstream.record.WeightSnapshot;
import dev.inkstream.stream.Snapshots;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Rebuilds a version without some records.
@Command(
        name = "retrain",
        description =
                "Rebuild a version as if some records had not been labeled, publish it as version 0 of a new model,"
                        + " and compare both on the holdout images.")
public final class ModelsRetrainCommand implements Callable<Integer> {
    private final OriginConsole console;

    @Mixin
    private ReadOptions options = new ReadOptions();

    @Mixin
    private SignOption sign = new SignOption();

    @Mixin
    private ModelNameOption model = new ModelNameOption();

    @Mixin
    private ImageSizeOption imageSize = new ImageSizeOption();

    @Mixin
    private ExclusionOptions without = new ExclusionOptions();

    @Option(
            names = "--as",
            paramLabel = "NAME",
            description = "Name of the new model (default: that of the model, and -retrained).")
    private @Nullable String newName;

    @Parameters(
            arity = "0..1",
            paramLabel = "N",
            description = "The version: 7, v7 or an alias (default: the serving one, else the newest).")
    private @Nullable String version;

    public ModelsRetrainCommand(OriginConsole console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        imageSize.check();
        String name = ModelNameOption.check("--as", newName == null ? model.model() + "-retrained" : newName);
        VersionChoice choice = new VersionChoice(model.model(), version);
        Exclusions exclusions = without.read()
                .orElseThrow(
                        () -> new UsageException("--without or --from-file is missing; name the records to leave out"));
        OriginTopics origin = console.connect(
                options,
                sign,
                all -> List.of(
                        all.weightSnapshots(),
                        all.servingWeights(),
                        all.modelDecisions(),
                        all.labeledImages(),
                        all.holdoutImages()));
        WeightSnapshot before = choice.from(origin);
        FirstVersion first = new FirstVersion(origin, console.clock(), new FirstVersion.Name("--as", name));
        String source = before.id() + " without ";
        first.requireFree(source);
        VersionRun run = VersionRun.of(origin, before.id(), imageSize);
        WeightSnapshot rebuilt = new Rebuild(run, exclusions).of(before.id());
        WeightSnapshot after = first.publish(rebuilt, source + Text.count(exclusions.count(), "record"));
        HoldoutSet holdout = HoldoutSet.read(
                origin, model.model(), run.format(), console.clock().millis());
        Comparison comparison = Comparison.of(
                before.id(),
                holdout.score(Snapshots.network(before)),
                after.id(),
                holdout.score(Snapshots.network(after)));
        report(after, exclusions, comparison);
        return CommandLine.ExitCode.OK;
    }

    private void report(WeightSnapshot after, Exclusions exclusions, Comparison comparison) {
        if (options.json()) {
            ObjectNode json = Json.object()
                    .put("model", after.id().model())
                    .put("version", after.id().version())
                    .put("weightsSha256", after.id().weights().toString())
                    .put("examples", after.progress().examples())
                    .put("without", exclusions.count())
                    .put("from", comparison.first().toString());
            json.set("holdout", comparison.json());
            console.terminal().out().println(Json.document(json));
            return;
        }
        console.terminal()
                .out()
                .print("%s is %s without %s, trained on %s\n"
                                .formatted(
                                        after.id(),
                                        Text.printable(comparison.first().toString()),
                                        Text.count(exclusions.count(), "record"),
                                        Text.count(after.progress().examples(), "example"))
                        + comparison.text());
    }
}
