package dev.inkstream.app.feed;

import dev.inkstream.app.cluster.KafkaOptions;
import dev.inkstream.app.cluster.TopicOptions;
import dev.inkstream.app.console.DurationConverter;
import dev.inkstream.app.console.StopSignal;
import dev.inkstream.app.console.Terminal;
import dev.inkstream.app.console.UsageException;
import dev.inkstream.dataset.Split;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Sends training images with their labels, to be trained on; or labels alone, for the labeler and the evaluator to
/// find their images and predictions.
@Command(
        name = "labels",
        description = "Send training images with their labels, for the trainer; with --alone, only the labels of the"
                + " images that 'feed images' sends.",
        footer = {
            "",
            "With --alone, labels go to the labels topic. Their ids match those of 'feed images' if both have the"
                    + " same --from, --run, --count, --epochs, --shuffle-seed and --rate. A labeler"
                    + " turns them into training examples, so do not label holdout images this way if"
                    + " versions are scored on them. --from, --run and --delay need --alone."
        })
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

    @Mixin
    private RunOptions run = new RunOptions();

    @Option(
            names = "--split",
            paramLabel = "SPLIT",
            description =
                    "full: all training images; classic: all but the last sixth (default: full); not with --alone.")
    private @Nullable Split split;

    @Option(names = "--alone", description = "Send labels without the images.")
    private boolean alone;

    @Mixin
    private SetOption from = new SetOption();

    @Option(
            names = "--delay",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "With --alone: delay of each label after its image if 'feed images' starts at the same"
                    + " time, like 500ms, 30s or 2h (default: 0s).")
    private @Nullable Duration delay;

    FeedLabelsCommand(Terminal terminal, StopSignal stop) {
        this.terminal = terminal;
        this.stop = stop;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (alone) {
            sendLabels();
        } else {
            sendLabeledImages();
        }
        return CommandLine.ExitCode.OK;
    }

    private void sendLabeledImages() throws InterruptedException {
        if (from.isGiven() || delay != null || run.isGiven()) {
            throw new UsageException("--from, --run and --delay need --alone");
        }
        Split images = split == null ? Split.FULL : split;
        Feeder.Plan plan = options.plan(topics.topics().labeledImages(), ImageSet.TRAINING.keyPrefix(), USUAL_SEED);
        new FeedRun(terminal, stop, FeedRun.Kind.LABELED_IMAGES, options.limit())
                .run(kafka, plan, () -> options.changed(dataset.find(terminal).training(images)));
    }

    private void warnOfHoldoutLabels() {
        terminal.err()
                .println("These are labels of holdout images: if a labeler runs, versions are trained on the images"
                        + " that score them. Use --from training here and in 'feed images' to"
                        + " avoid this.");
        terminal.err().flush();
    }

    private void sendLabels() throws InterruptedException {
        if (split != null) {
            throw new UsageException("--split cannot be used with --alone; use --from");
        }
        ImageSet set = from.or(ImageSet.HOLDOUT);
        Feeder.Plan plan = options.plan(topics.topics().labels(), run.keyPrefix(set), null);
        if (set == ImageSet.HOLDOUT) {
            warnOfHoldoutLabels();
        }
        new FeedRun(terminal, stop, FeedRun.Kind.LABELS, options.limit())
                .run(
                        kafka,
                        plan,
                        delay == null ? Duration.ZERO : delay,
                        () -> options.changed(set.of(dataset.find(terminal))));
    }
}
