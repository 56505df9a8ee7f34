package dev.inkstream.app.feed;

import dev.inkstream.app.cluster.KafkaOptions;
import dev.inkstream.app.cluster.TopicOptions;
import dev.inkstream.app.console.StopSignal;
import dev.inkstream.app.console.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

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

    @Mixin
    private SetOption from = new SetOption();

    FeedImagesCommand(Terminal terminal, StopSignal stop) {
        this.terminal = terminal;
        this.stop = stop;
    }

    @Override
    public Integer call() throws InterruptedException {
        ImageSet set = from.or(ImageSet.HOLDOUT);
        Feeder.Plan plan = options.plan(topics.topics().images(), run.keyPrefix(set), null);
        new FeedRun(terminal, stop, FeedRun.Kind.IMAGES, options.limit())
                .run(kafka, plan, () -> options.changed(set.of(dataset.find(terminal))));
        return CommandLine.ExitCode.OK;
    }
}
