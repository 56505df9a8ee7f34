package dev.inkstream.app.origin;

import dev.inkstream.app.cluster.ModelNameOption;
import dev.inkstream.app.cluster.ReadOptions;
import dev.inkstream.app.cluster.SignOption;
import dev.inkstream.app.console.Json;
import dev.inkstream.app.console.Text;
import dev.inkstream.record.WeightSnapshot;
import dev.inkstream.trainer.Training;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Publishes the version in a file.
@Command(
        name = "import",
        description = "Publish the version in a file as version 0 of a new model.",
        footer = {
            "",
            "To serve it, start an evaluator and classifiers with --model NAME: the evaluator judges it as any other"
                    + " version. FILE has the format inkstream, npz or json."
                    + " To continue training from a file instead, start a trainer with --initial-weights."
        })
public final class ModelsImportCommand implements Callable<Integer> {
    private final OriginConsole console;

    @Mixin
    private ReadOptions options = new ReadOptions();

    @Mixin
    private SignOption sign = new SignOption();

    @Option(names = "--model", paramLabel = "NAME", required = true, description = "Name of the new model.")
    private String model = "";

    @Parameters(paramLabel = "FILE", description = "A file that 'models export' wrote.")
    private Path file = Path.of("");

    public ModelsImportCommand(OriginConsole console) {
        this.console = console;
    }

    /// Says whose trainer read the log, if the new model has another name.
    private static WeightSnapshot ofTrainer(WeightSnapshot version, String name) {
        String model = version.id().model();
        Training.Settings settings;
        try {
            settings = Training.Settings.parse(model, version.training());
        } catch (IllegalArgumentException e) {
            return version; // Of another build: it cannot be verified, and serves all the same.
        }
        if (model.equals(name) || !ModelNameOption.isName(model)) {
            return version;
        }
        return version.trainedWith(
                settings.with(settings.beginning().trainedBy(model)).describe());
    }

    @Override
    public Integer call() throws InterruptedException {
        String name = ModelNameOption.check(model);
        WeightSnapshot version = VersionFiles.read(file);
        OriginTopics origin = console.connect(
                options, sign, all -> List.of(all.weightSnapshots(), all.servingWeights(), all.modelDecisions()));
        WeightSnapshot published = new FirstVersion(origin, console.clock(), new FirstVersion.Name("--model", name))
                .publish(
                        ofTrainer(version, name),
                        "import of " + Text.printable(version.id().toString()));
        if (options.json()) {
            console.terminal()
                    .out()
                    .println(Json.document(Json.object()
                            .put("model", published.id().model())
                            .put("version", published.id().version())
                            .put("weightsSha256", published.id().weights().toString())
                            .put("from", version.id().toString())));
            return CommandLine.ExitCode.OK;
        }
        console.terminal()
                .out()
                .println("imported %s as %s"
                        .formatted(Text.printable(version.id().toString()), published.id()));
        return CommandLine.ExitCode.OK;
    }
}
