package dev.inkstream.app.models;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.inkstream.app.cluster.ReadOptions;
import dev.inkstream.app.console.Json;
import dev.inkstream.app.console.Table;
import dev.inkstream.app.console.Table.Column;
import dev.inkstream.app.console.Text;
import dev.inkstream.record.ModelDecision;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// One line for each model, about the version that serves.
@Command(
        name = "list",
        description = "List the models.",
        footer = {
            "",
            "VERSIONS counts the versions that are still on the topics. HOLDOUT, LIVE, WEIGHTS and AGE describe the"
                    + " serving version: its accuracy on the holdout images, and on all served images whose labels have"
                    + " come. DECISION is the last one about the model."
        })
final class ModelsListCommand implements Callable<Integer> {
    private final ModelsConsole console;

    @Mixin
    private ReadOptions options = new ReadOptions();

    ModelsListCommand(ModelsConsole console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        Collection<Model> models = console.connect(options, ModelReader::topics)
                .models(OptionalLong.empty())
                .values();
        PrintWriter out = console.terminal().out();
        if (options.json()) {
            ArrayNode list = Json.array();
            models.forEach(model -> list.add(ModelJson.summary(model)));
            out.println(Json.document(list));
        } else if (models.isEmpty()) {
            console.terminal().err().println("there is no model yet: a trainer publishes the first version");
        } else {
            out.print(table(models, console.clock().instant()));
        }
        return CommandLine.ExitCode.OK;
    }

    private static String table(Collection<Model> models, Instant now) {
        Table table = new Table(
                Column.text("MODEL"),
                Column.number("VERSIONS"),
                Column.text("SERVING"),
                Column.number("HOLDOUT"),
                Column.number("LIVE"),
                Column.text("SHADOW"),
                Column.text("MODE"),
                Column.text("WEIGHTS"),
                Column.number("AGE"),
                Column.text("DECISION"),
                Column.text("ALIASES"));
        models.forEach(model -> table.row(row(model, now)));
        return table.text();
    }

    private static String[] row(Model model, Instant now) {
        Optional<PublishedVersion> serving = model.serving();
        Optional<ModelDecision> last = model.ledger().last();
        return new String[] {
            model.name(),
            Text.count(model.versions().size()),
            serving.map(ModelsListCommand::number).orElse(Text.NONE),
            Text.percent(serving.map(PublishedVersion::holdoutAccuracy).orElse(Double.NaN)),
            Text.percent(serving.flatMap(model::live).map(LiveScore::accuracy).orElse(Double.NaN)),
            model.shadow().map(ModelsListCommand::number).orElse(Text.NONE),
            last.map(decision -> DecisionText.mode(decision.after())).orElse(Text.NONE),
            serving.map(version -> version.id().weights().abbreviated()).orElse(Text.NONE),
            serving.map(version -> version.age(now)).orElse(Text.NONE),
            last.map(DecisionText::inShort).orElse(Text.NONE),
            aliases(model)
        };
    }

    private static String number(PublishedVersion version) {
        return "v" + version.id().version();
    }

    private static String aliases(Model model) {
        return model.ledger().aliases().entrySet().stream()
                .map(alias -> alias.getKey() + "=v" + alias.getValue())
                .collect(Collectors.joining(" "));
    }
}
