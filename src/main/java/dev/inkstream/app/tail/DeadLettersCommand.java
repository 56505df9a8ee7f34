package dev.inkstream.app.tail;

import dev.inkstream.app.cluster.Brokers;
import dev.inkstream.app.cluster.KafkaOptions;
import dev.inkstream.app.cluster.KafkaSettings;
import dev.inkstream.app.cluster.TopicOptions;
import dev.inkstream.app.cluster.TopicReader;
import dev.inkstream.app.console.OutputOption;
import dev.inkstream.app.console.StopSignal;
import dev.inkstream.app.console.Terminal;
import dev.inkstream.app.console.UsageException;
import dev.inkstream.stream.TopicCheck;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Prints what is known of the records that could not be used, until it is stopped.
@Command(
        name = "dead-letters",
        description = "Print why records could not be used, one a line, until Ctrl-C.",
        footer = {
            "",
            "A line has the reason, where the record lies, the application that set it aside, when, and what is wrong:",
            "  NULL_VALUE  images-2@1234  classifier-digits  2026-11-24T05:55:45.123Z  value is null"
        })
public final class DeadLettersCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final StopSignal stop;

    @Mixin
    private KafkaOptions kafka = new KafkaOptions();

    @Mixin
    private TopicOptions topics = new TopicOptions();

    @Mixin
    private OutputOption output = new OutputOption();

    @Option(names = "--from-beginning", description = "Begin with the first one on the topic, not the next one.")
    private boolean fromBeginning;

    @Option(names = "--count", paramLabel = "N", description = "Stop after so many (default: no limit).")
    private @Nullable Long count;

    public DeadLettersCommand(Terminal terminal, StopSignal stop) {
        this.terminal = terminal;
        this.stop = stop;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (count != null && count < 1) {
            throw new UsageException("--count must be 1 or more, not " + count);
        }
        KafkaSettings settings = kafka.settings();
        String topic = topics.topics().deadLetters();
        try (Admin admin = Brokers.connect(settings)) {
            TopicCheck.verify(admin, List.of(topic), List.of());
        }
        new TopicTail(
                        "dead letters",
                        record -> Optional.of(
                                output.json()
                                        ? DeadLetterLine.json(record.headers())
                                        : DeadLetterLine.text(record.headers())),
                        terminal)
                .run(
                        new TopicReader(settings, stop),
                        new TopicTail.Range(topic, fromBeginning, count == null ? Long.MAX_VALUE : count));
        return CommandLine.ExitCode.OK;
    }
}
