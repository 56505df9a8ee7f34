package dev.inkstream.app.models;

import dev.inkstream.app.cluster.ModelNameOption;
import dev.inkstream.app.cluster.ReadOptions;
import dev.inkstream.app.console.Json;
import dev.inkstream.app.console.Text;
import dev.inkstream.app.console.UserException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// The versions of one model, or all about one of them.
@Command(name = "show", description = "Show the versions of a model, or all about one of them.")
final class ModelsShowCommand implements Callable<Integer> {
    private final ModelsConsole console;

    @Mixin
    private ReadOptions options = new ReadOptions();

    @Mixin
    private ModelNameOption name = new ModelNameOption();

    @Parameters(
            arity = "0..1",
            paramLabel = "N",
            description = "Show this version in full: 7, v7 or an alias (default: all versions in a table).")
    private @Nullable String version;

    ModelsShowCommand(ModelsConsole console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        Optional<VersionName> wanted = Optional.ofNullable(version).map(text -> VersionName.of("N", text));
        String model = name.model();
        ModelTopics reading = console.connect(options, ModelReader::topics);
        console.terminal().out().print(wanted.isPresent() ? one(reading, model, wanted.get()) : all(reading, model));
        return CommandLine.ExitCode.OK;
    }

    private String all(ModelTopics reading, String name) throws InterruptedException {
        Model model = choose(reading.models(OptionalLong.empty()), name);
        return options.json()
                ? Json.document(ModelJson.full(model)) + "\n"
                : VersionsText.of(model, console.clock().instant());
    }

    private String one(ModelTopics reading, String name, VersionName wanted) throws InterruptedException {
        long number = reading.number(name, wanted);
        Model model = choose(reading.models(OptionalLong.of(number)), name);
        List<PublishedVersion> found = model.versions(number);
        if (found.isEmpty()) {
            throw new UserException("N is %s; it must be a version that the topics still have of model %s"
                    .formatted(wanted.text(), name));
        }
        return found.stream().map(version -> text(model, version)).collect(Collectors.joining());
    }

    private String text(Model model, PublishedVersion version) {
        return options.json()
                ? Json.document(ModelJson.version(model, version)) + "\n"
                : VersionText.of(
                        model,
                        version,
                        console.clock().instant(),
                        console.terminal().screen().width());
    }

    private static Model choose(SortedMap<String, Model> models, String name) {
        Model chosen = models.get(name);
        if (models.isEmpty()) {
            throw new UserException("there is no model yet: a trainer publishes the first version");
        }
        if (chosen == null) {
            throw new UserException("--model is '%s'; it must be one of %s"
                    .formatted(name, Text.printable(String.join(", ", models.keySet()))));
        }
        return chosen;
    }
}
