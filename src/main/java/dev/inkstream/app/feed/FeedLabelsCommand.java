package dev.inkstream.app.feed;

import dev.inkstream.app.cluster.KafkaOptions;
import dev.inkstream.app.cluster.TopicOptions;
import dev.inkstream.app.console.StopSignal;
import dev.inkstream.app.console.Terminal;
import dev.inkstream.dataset.Split;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Sends training images with their labels, to be trained on.
@Command(name = "labels", description = "Send training images with their labels, to be trained on.")
final class FeedLabelsCommand implements Callable<Integer> {
    private static final Long USUAL_SEED = 1L;

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

    @Option(
            names = "--split",
            paramLabel = "SPLIT",
            defaultValue = "full",
            description = "full for all training images, classic for all but the last sixth (default:"
                    + " ${DEFAULT-VALUE}).")
    private Split split = Split.FULL;

    FeedLabelsCommand(Terminal terminal, StopSignal stop) {
        this.terminal = terminal;
        this.stop = stop;
    }

    @Override
    public Integer call() throws InterruptedException {
        Feeder.Plan plan = options.plan(topics.topics().labeledImages(), ImageSet.TRAINING.keyPrefix(), USUAL_SEED);
        new Feeding(terminal, stop, Feeding.Kind.LABELED_IMAGES, options.limit())
                .run(kafka.settings(), plan, () -> dataset.find(terminal).training(split));
        return CommandLine.ExitCode.OK;
    }
}
