package dev.inkstream.app.tail;

import dev.inkstream.app.cluster.KafkaSettings;
import dev.inkstream.app.cluster.TopicReader;
import dev.inkstream.app.console.StopSignal;
import dev.inkstream.app.console.Terminal;
import dev.inkstream.codec.AvroSerdes;
import dev.inkstream.codec.SchemaRegistry;
import dev.inkstream.record.Prediction;
import dev.inkstream.stream.Topic;
import dev.inkstream.stream.runtime.TopicCheck;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Prints predictions as they are made, until it is stopped.
@Command(
        name = "predictions",
        description = "Print predictions as they arrive, one per line, until Ctrl-C.",
        footer = {
            "",
            "A line has the image's id, the class, its score, the version of the model, and the image's partition and"
                    + " offset:",
            "  holdout-42      7   98.3 %%  digits v12 (a1b2c3d4e5f6)  images-2@1234"
        })
public final class PredictionsCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final StopSignal stop;

    @Mixin
    private TailOptions options = new TailOptions();

    @Option(names = "--model", paramLabel = "NAME", description = "Only predictions of this model (default: of all).")
    private @Nullable String model;

    public PredictionsCommand(Terminal terminal, StopSignal stop) {
        this.terminal = terminal;
        this.stop = stop;
    }

    @Override
    public Integer call() throws InterruptedException {
        KafkaSettings settings = options.kafka().settings();
        Topic<String, Prediction> topic = options.topics().predictions();
        TopicTail.Range range = options.range(topic.name());
        try (Admin admin = options.kafka().broker(stop, terminal.err()::println).connect(settings)) {
            TopicCheck.verify(admin, List.of(topic));
        }
        SchemaRegistry registry = options.kafka().registry(settings, stop, terminal.err()::println);
        PredictionLines lines = new PredictionLines(
                topic.decoder(new AvroSerdes(registry)),
                prediction -> model == null || model.equals(prediction.model().model()),
                options.json() ? PredictionLine::json : PredictionLine::text,
                terminal);
        String what = model == null ? "predictions" : "predictions of model " + model;
        new TopicTail(what, lines, terminal).run(new TopicReader(settings, stop), range);
        return CommandLine.ExitCode.OK;
    }
}
