package dev.inkstream.app.feed;

import dev.inkstream.app.cluster.KafkaOptions;
import dev.inkstream.app.cluster.TopicOptions;
import dev.inkstream.app.console.StopSignal;
import dev.inkstream.app.console.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Sends images without their labels, to be classified.
@Command(name = "images", description = "Send images without labels, for the classifier.")
final class FeedImagesCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final StopSignal stop;

    @Mixin
    private KafkaOptions kafka = new KafkaOptions();

    @Mixin
    private TopicOptions topics = new TopicOptions();

    @Mixin
    private DatasetOptions dataset = new DatasetOptions();

    @Mixin
    private FeedOptions options = new FeedOptions();

    @Mixin
    private RunOptions run = new RunOptions();

    @Option(
            names = "--from",
            paramLabel = "SET",
            defaultValue = "holdout",
            description = "Which images: training or holdout (default: ${DEFAULT-VALUE}).")
    private ImageSet from = ImageSet.HOLDOUT;

    FeedImagesCommand(Terminal terminal, StopSignal stop) {
        this.terminal = terminal;
        this.stop = stop;
    }

    @Override
    public Integer call() throws InterruptedException {
        Feeder.Plan plan = options.plan(topics.topics().images(), run.keyPrefix(from), null);
        new FeedRun(terminal, stop, FeedRun.Kind.IMAGES, options.limit())
                .run(kafka, plan, () -> from.of(dataset.find(terminal)));
        return CommandLine.ExitCode.OK;
    }
}
