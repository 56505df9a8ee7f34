package dev.inkstream.app.topics;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.inkstream.app.cluster.KafkaOptions;
import dev.inkstream.app.cluster.TopicOptions;
import dev.inkstream.app.console.Json;
import dev.inkstream.app.console.OutputOption;
import dev.inkstream.app.console.StopSignal;
import dev.inkstream.app.console.Table;
import dev.inkstream.app.console.Table.Column;
import dev.inkstream.app.console.Terminal;
import dev.inkstream.app.console.Text;
import dev.inkstream.stream.TopicSpec;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Lists Inkstream's topics, also those that are missing.
@Command(
        name = "list",
        description = "List Inkstream's topics.",
        footer = {
            "",
            "OFFSETS is the last offset minus the first; it includes transaction markers and records that compaction"
                    + " removed."
        })
final class TopicsListCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final StopSignal stop;

    @Mixin
    private KafkaOptions kafka = new KafkaOptions();

    @Mixin
    private TopicOptions topics = new TopicOptions();

    @Mixin
    private OutputOption output = new OutputOption();

    TopicsListCommand(Terminal terminal, StopSignal stop) {
        this.terminal = terminal;
        this.stop = stop;
    }

    @Override
    public Integer call() throws InterruptedException {
        List<String> names =
                topics.topics().specs(1).stream().map(TopicSpec::name).toList();
        try (Admin admin = kafka.broker(stop, terminal.err()::println).connect(kafka.settings())) {
            Map<String, TopicState> existing = TopicState.existing(admin, names);
            Map<String, Long> offsets = TopicState.offsets(admin, existing.values());
            terminal.out().print(output.json() ? json(names, existing, offsets) : table(names, existing, offsets));
        }
        return CommandLine.ExitCode.OK;
    }

    private static String table(List<String> names, Map<String, TopicState> existing, Map<String, Long> offsets) {
        Table table = new Table(
                Column.text("TOPIC"), Column.number("PARTITIONS"), Column.number("OFFSETS"), Column.text("CLEANUP"));
        for (String name : names) {
            TopicState topic = existing.get(name);
            if (topic == null) {
                table.row(name, Text.NONE, Text.NONE, "(missing)");
            } else {
                table.row(
                        name,
                        Text.count(topic.partitions()),
                        Text.count(offsets.getOrDefault(name, 0L)),
                        topic.cleanupPolicy());
            }
        }
        return table.text();
    }

    private static String json(List<String> names, Map<String, TopicState> existing, Map<String, Long> offsets) {
        ArrayNode list = Json.array();
        for (String name : names) {
            TopicState topic = existing.get(name);
            if (topic == null) {
                list.addObject().put("name", name).put("exists", false);
            } else {
                list.addObject()
                        .put("name", name)
                        .put("exists", true)
                        .put("partitions", topic.partitions())
                        .put("offsets", offsets.getOrDefault(name, 0L))
                        .put("cleanupPolicy", topic.cleanupPolicy());
            }
        }
        return Json.document(list) + "\n";
    }
}
