package dev.inkstream.app.feed;

import dev.inkstream.app.cluster.KafkaOptions;
import dev.inkstream.app.cluster.TopicOptions;
import dev.inkstream.app.console.StopSignal;
import dev.inkstream.app.console.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Sends the images that versions are scored on and never trained on.
@Command(
        name = "holdout",
        description = "Send the holdout images with their labels; the evaluator scores every" + " version on them.")
final class FeedHoldoutCommand implements Callable<Integer> {
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

    FeedHoldoutCommand(Terminal terminal, StopSignal stop) {
        this.terminal = terminal;
        this.stop = stop;
    }

    @Override
    public Integer call() throws InterruptedException {
        Feeder.Plan plan = options.plan(topics.topics().holdoutImages(), ImageSet.HOLDOUT.keyPrefix(), null);
        new FeedRun(terminal, stop, FeedRun.Kind.HOLDOUT_IMAGES, options.limit())
                .run(kafka, plan, () -> options.changed(dataset.find(terminal).holdout()));
        return CommandLine.ExitCode.OK;
    }
}
