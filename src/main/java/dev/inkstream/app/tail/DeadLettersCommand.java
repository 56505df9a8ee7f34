package dev.inkstream.app.tail;

import dev.inkstream.app.cluster.KafkaSettings;
import dev.inkstream.app.cluster.TopicReader;
import dev.inkstream.app.console.StopSignal;
import dev.inkstream.app.console.Terminal;
import dev.inkstream.stream.Topic;
import dev.inkstream.stream.runtime.TopicCheck;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Prints what is known of the records that could not be used, until it is stopped.
@Command(
        name = "dead-letters",
        description = "Print rejected records, one per line, until Ctrl-C.",
        footer = {
            "",
            "A line has the reason, the record's topic, partition and offset, the application that rejected it, the"
                    + " time, and what is wrong:",
            "  NULL_VALUE  inkstream.images-2@1234  inkstream.classifier-digits  2026-11-24T05:55:45.123Z"
                    + "  value is null"
        })
public final class DeadLettersCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final StopSignal stop;

    @Mixin
    private TailOptions options = new TailOptions();

    public DeadLettersCommand(Terminal terminal, StopSignal stop) {
        this.terminal = terminal;
        this.stop = stop;
    }

    @Override
    public Integer call() throws InterruptedException {
        KafkaSettings settings = options.kafka().settings();
        Topic<byte[], byte[]> topic = options.topics().deadLetters();
        TopicTail.Range range = options.range(topic.name());
        try (Admin admin = options.kafka().broker(stop, terminal.err()::println).connect(settings)) {
            TopicCheck.verify(admin, List.of(topic));
        }
        new TopicTail(
                        "dead letters",
                        record -> Optional.of(
                                options.json()
                                        ? DeadLetterLine.json(record.headers())
                                        : DeadLetterLine.text(record.headers())),
                        terminal)
                .run(new TopicReader(settings, stop), range);
        return CommandLine.ExitCode.OK;
    }
}
