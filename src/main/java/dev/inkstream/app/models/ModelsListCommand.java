package dev.inkstream.app.models;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.inkstream.app.cluster.KafkaOptions;
import dev.inkstream.app.cluster.TopicOptions;
import dev.inkstream.app.console.Json;
import dev.inkstream.app.console.OutputOption;
import dev.inkstream.app.console.Table;
import dev.inkstream.app.console.Table.Column;
import dev.inkstream.app.console.Text;
import java.io.PrintWriter;
import java.util.Collection;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// One line for each model, about the version that serves.
@Command(
        name = "list",
        description = "List the models.",
        footer = {
            "",
            "VERSIONS counts the versions that are still on the topics. The columns after it describe the"
                    + " serving version."
        })
final class ModelsListCommand implements Callable<Integer> {
    private final ModelsReading reading;

    @Mixin
    private KafkaOptions kafka = new KafkaOptions();

    @Mixin
    private TopicOptions topics = new TopicOptions();

    @Mixin
    private OutputOption output = new OutputOption();

    ModelsListCommand(ModelsReading reading) {
        this.reading = reading;
    }

    @Override
    public Integer call() throws InterruptedException {
        Collection<Model> models =
                reading.read(kafka, topics, OptionalLong.empty()).values();
        PrintWriter out = reading.terminal().out();
        if (output.json()) {
            ArrayNode list = Json.array();
            models.forEach(model -> list.add(ModelJson.summary(model)));
            out.println(Json.document(list));
        } else if (models.isEmpty()) {
            reading.terminal().err().println("there is no model yet: a trainer publishes the first version");
        } else {
            out.print(table(models));
        }
        return CommandLine.ExitCode.OK;
    }

    private static String table(Collection<Model> models) {
        Table table = new Table(
                Column.text("MODEL"),
                Column.number("VERSIONS"),
                Column.text("SERVING"),
                Column.number("HOLDOUT"),
                Column.number("EXAMPLES"),
                Column.text("LAYERS"),
                Column.text("WEIGHTS"));
        for (Model model : models) {
            Optional<PublishedVersion> serving = model.serving();
            table.row(
                    model.name(),
                    Text.count(model.versions().size()),
                    serving.map(version -> "v" + version.id().version()).orElse(Text.NONE),
                    Text.percent(serving.map(PublishedVersion::holdoutAccuracy).orElse(Double.NaN)),
                    serving.flatMap(PublishedVersion::examples).map(Text::count).orElse(Text.NONE),
                    serving.map(PublishedVersion::trained)
                            .map(PublishedVersion.Trained::layerSizes)
                            .orElse(Text.NONE),
                    serving.map(version -> version.id().weights().abbreviated()).orElse(Text.NONE));
        }
        return table.text();
    }
}
