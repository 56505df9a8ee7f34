package dev.inkstream.app.letters;

import dev.inkstream.app.cluster.KafkaOptions;
import dev.inkstream.app.cluster.TopicOptions;
import dev.inkstream.app.console.Json;
import dev.inkstream.app.console.OutputOption;
import dev.inkstream.app.console.StopSignal;
import dev.inkstream.app.console.Terminal;
import dev.inkstream.app.console.Text;
import dev.inkstream.app.console.UserException;
import dev.inkstream.dataset.FileReason;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// One dead letter in full; its value goes to a file, where it can be repaired.
@Command(
        name = "show",
        description = "Show one rejected record in full, and write its value to a file.",
        footer = {"", "Repair the file, and send it with 'dead-letters redrive OFFSET --value-file FILE'."})
public final class DeadLettersShowCommand implements Callable<Integer> {
    private static final int LONGEST = 700;

    private final LettersConsole console;

    @Mixin
    private KafkaOptions kafka = new KafkaOptions();

    @Mixin
    private TopicOptions topicOptions = new TopicOptions();

    @Mixin
    private OutputOption output = new OutputOption();

    @Parameters(paramLabel = "OFFSET", description = "Its offset on dead-letters, or PARTITION@OFFSET.")
    private String position = "";

    @Option(names = "--value-file", paramLabel = "FILE", description = "Write the value to this file.")
    private @Nullable Path file;

    public DeadLettersShowCommand(Terminal terminal, StopSignal stop, InstantSource clock) {
        this.console = new LettersConsole(terminal, stop, clock);
    }

    @Override
    public Integer call() throws InterruptedException {
        Position wanted = Position.parse(position);
        LetterTopics topics = console.connect(kafka, topicOptions.topics());
        DeadLetter letter = Objects.requireNonNull(topics.at(List.of(wanted)).get(wanted));
        if (output.json()) {
            console.terminal().out().println(Json.document(LetterJson.inFull(letter)));
        } else {
            print(letter, console.terminal().out());
        }
        if (file != null) {
            write(letter, file);
        }
        return CommandLine.ExitCode.OK;
    }

    private static void print(DeadLetter letter, PrintWriter out) {
        out.println("key    " + describe(letter.content().key()));
        out.println("value  " + size(letter.content().value()));
        for (Header header : letter.headers()) {
            out.println(Text.printable("%s  %s".formatted(Text.cut(header.key(), LONGEST), describe(header.value()))));
        }
    }

    private void write(DeadLetter letter, Path target) {
        byte[] value = letter.content().value();
        if (value == null) {
            throw new UserException(
                    "the value of dead letter %s is null; --value-file would be empty".formatted(letter.position()));
        }
        try {
            Files.write(target, value);
        } catch (IOException e) {
            throw new UserException("%s cannot be written (%s)".formatted(target, FileReason.of(e)), e);
        }
    }

    private static String size(byte @Nullable [] value) {
        return value == null ? "null" : Text.count(value.length, "byte");
    }

    private static String describe(byte @Nullable [] text) {
        return text == null ? "null" : Text.printable(Text.cut(new String(text, StandardCharsets.UTF_8), LONGEST));
    }
}
