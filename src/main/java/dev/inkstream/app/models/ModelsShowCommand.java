package dev.inkstream.app.models;

import dev.inkstream.app.cluster.KafkaOptions;
import dev.inkstream.app.cluster.TopicOptions;
import dev.inkstream.app.console.Json;
import dev.inkstream.app.console.OutputOption;
import dev.inkstream.app.console.Text;
import dev.inkstream.app.console.UsageException;
import dev.inkstream.app.console.UserException;
import java.io.PrintWriter;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The versions of one model, or all about one of them.
@Command(name = "show", description = "Show the versions of a model, or one of them in full with --version.")
final class ModelsShowCommand implements Callable<Integer> {
    private final ModelsReading reading;

    @Mixin
    private KafkaOptions kafka = new KafkaOptions();

    @Mixin
    private TopicOptions topics = new TopicOptions();

    @Mixin
    private OutputOption output = new OutputOption();

    @Parameters(
            arity = "0..1",
            paramLabel = "MODEL",
            description = "The model's name; optional if there is only one model.")
    private @Nullable String name;

    @Option(names = "--version", paramLabel = "N", description = "Show this version in full.")
    private @Nullable Long version;

    ModelsShowCommand(ModelsReading reading) {
        this.reading = reading;
    }

    @Override
    public Integer call() throws InterruptedException {
        OptionalLong detailed = version == null ? OptionalLong.empty() : OptionalLong.of(version);
        Model model = choose(reading.read(kafka, topics, detailed));
        PrintWriter out = reading.terminal().out();
        if (version == null) {
            out.print(output.json() ? Json.document(ModelJson.full(model)) + "\n" : VersionsText.table(model));
        } else {
            List<PublishedVersion> found = model.versions(version);
            if (found.isEmpty()) {
                throw new UserException("--version is %d; it must be a version that the topics still have of model %s"
                        .formatted(version, model.name()));
            }
            for (PublishedVersion each : found) {
                out.print(
                        output.json()
                                ? Json.document(ModelJson.version(model, each)) + "\n"
                                : VersionText.of(
                                        model, each, reading.terminal().screen().width()));
            }
        }
        return CommandLine.ExitCode.OK;
    }

    private Model choose(SortedMap<String, Model> models) {
        if (models.isEmpty()) {
            throw new UserException("there is no model yet: a trainer publishes the first version");
        }
        String names = String.join(", ", models.keySet());
        if (name == null && models.size() > 1) {
            throw new UsageException("MODEL is missing; it must be one of " + names);
        }
        Model chosen = models.get(name == null ? models.firstKey() : name);
        if (chosen == null) {
            throw new UserException(
                    "MODEL is '%s'; it must be one of %s".formatted(Text.printable(String.valueOf(name)), names));
        }
        return chosen;
    }
}
