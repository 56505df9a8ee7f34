package dev.inkstream.app.letters;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.inkstream.app.console.Json;
import dev.inkstream.app.console.OptionRange;
import dev.inkstream.app.console.OutputOption;
import dev.inkstream.app.console.StopSignal;
import dev.inkstream.app.console.Table;
import dev.inkstream.app.console.Table.Column;
import dev.inkstream.app.console.Terminal;
import dev.inkstream.app.console.Text;
import dev.inkstream.stream.ImageFormat;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// What lies on `dead-letters`.
@Command(
        name = "list",
        description =
                "Count rejected records by topic, application and reason, and say which ones could return to their"
                        + " topic now.",
        footer = {
            "",
            "USABLE: the application would accept the record now. RETURNED: 'dead-letters redrive' has sent it back.",
            "--image-size and --classes are those of the roles."
        })
public final class DeadLettersListCommand implements Callable<Integer> {
    private final LettersConsole console;

    @Mixin
    private LetterOptions options = new LetterOptions();

    @Mixin
    private OutputOption output = new OutputOption();

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "10",
            description = "How many of the newest to print, 0 to 1000 (default: ${DEFAULT-VALUE}).")
    private int limit = 10;

    public DeadLettersListCommand(Terminal terminal, StopSignal stop, InstantSource clock) {
        this.console = new LettersConsole(terminal, stop, clock);
    }

    @Override
    public Integer call() throws InterruptedException {
        new OptionRange("--limit", 0, 1_000).check(limit);
        int maxAttempts = options.maxAttempts();
        ImageFormat format = options.format();
        Selection selection = options.selection(console.clock().instant());
        LetterTopics topics = console.connect(options.kafka(), options.topics());
        Judge judge = new Judge(new Acceptance(topics.topics(), topics.serdes(), format), topics.ledger(), maxAttempts);
        Survey survey = new Survey(limit);
        topics.read(letter -> {
            if (selection.includes(letter)) {
                survey.add(letter, judge.verdict(letter, Identity.of(letter), Repair.NONE));
            }
        });
        print(survey, topics);
        return CommandLine.ExitCode.OK;
    }

    private void print(Survey survey, LetterTopics topics) {
        if (output.json()) {
            console.terminal().out().println(Json.document(json(survey)));
        } else if (survey.groups().isEmpty()) {
            console.terminal()
                    .err()
                    .println("%s has no such records"
                            .formatted(topics.topics().deadLetters().name()));
        } else {
            console.terminal().out().print(groups(survey));
            if (limit > 0) {
                console.terminal().out().print("\n" + newest(survey));
            }
        }
    }

    private static String groups(Survey survey) {
        Table table = new Table(
                Column.text("TOPIC"),
                Column.text("APPLICATION"),
                Column.text("REASON"),
                Column.number("LETTERS"),
                Column.number("USABLE"),
                Column.number("RETURNED"),
                Column.text("NEWEST"));
        survey.groups()
                .forEach((group, count) -> table.row(
                        group.topic(),
                        group.application(),
                        group.reason(),
                        Text.count(count.letters()),
                        Text.count(count.usable()),
                        Text.count(count.returned()),
                        count.newest()));
        return table.text();
    }

    private static String newest(Survey survey) {
        Table table = new Table(
                Column.text("OFFSET"),
                Column.text("RECORD"),
                Column.text("APPLICATION"),
                Column.text("REASON"),
                Column.text("NOW"));
        for (Survey.Found found : survey.newest()) {
            DeadLetter letter = found.letter();
            table.row(
                    letter.position().toString(),
                    letter.origin().toString(),
                    letter.rejection().application(),
                    letter.rejection().reason(),
                    found.verdict().text());
        }
        return table.text();
    }

    private static ObjectNode json(Survey survey) {
        ObjectNode json = Json.object();
        ArrayNode groups = json.putArray("groups");
        survey.groups()
                .forEach((group, count) -> groups.addObject()
                        .put("topic", group.topic())
                        .put("application", group.application())
                        .put("reason", group.reason())
                        .put("letters", count.letters())
                        .put("usable", count.usable())
                        .put("returned", count.returned())
                        .put("newest", count.newest()));
        ArrayNode newest = json.putArray("newest");
        survey.newest().forEach(found -> newest.add(LetterJson.of(found.letter(), found.verdict())));
        return json;
    }
}
