package dev.inkstream.app.demo;

import dev.inkstream.app.broker.PortOption;
import dev.inkstream.app.cluster.ModelNameOption;
import dev.inkstream.app.console.DurationConverter;
import dev.inkstream.app.console.OptionRange;
import dev.inkstream.app.console.StopSignal;
import dev.inkstream.app.console.Terminal;
import dev.inkstream.app.console.UsageException;
import dev.inkstream.app.feed.DatasetOptions;
import dev.inkstream.app.monitor.Monitor;
import dev.inkstream.app.monitor.MonitorOptions;
import dev.inkstream.app.monitor.MonitorServer;
import dev.inkstream.app.role.NetworkOptions;
import dev.inkstream.app.role.PromotionOptions;
import dev.inkstream.dataset.Dataset;
import dev.inkstream.dataset.Drift;
import dev.inkstream.dataset.Images;
import dev.inkstream.dataset.Split;
import dev.inkstream.network.Preset;
import dev.inkstream.network.TrainingConfig;
import dev.inkstream.stream.ImageFormat;
import dev.inkstream.trainer.Training;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Shows a network learn handwritten digits through Kafka, all in this process.
@Command(
        name = "demo",
        description = "Watch a network learn handwritten digits through Kafka: broker, trainer, evaluator and"
                + " classifier in one process.")
public final class DemoCommand implements Callable<Integer> {
    private static final int USUAL_MONITOR_PORT = 9400;
    private static final int IMAGE_RATE = 2_000;
    private static final int DRIFT_RATE = 3_000;
    private static final int DRIFT_IMAGE_RATE = 1_000;

    private final Terminal terminal;
    private final StopSignal stop;

    @Mixin
    private DatasetOptions dataset = new DatasetOptions();

    @Mixin
    private NetworkOptions network = new NetworkOptions();

    @Option(
            names = "--epochs",
            paramLabel = "N",
            defaultValue = "3",
            description = "Passes over the training images (default: ${DEFAULT-VALUE}).")
    private int epochs = 3;

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description =
                    "Time from the first score to the stop, like 30s or 5m (default: until the last" + " epoch ends).")
    private @Nullable Duration duration;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "Labeled images per second; 0 for no limit (default: 0; with --drift " + DRIFT_RATE + ").")
    private @Nullable Double rate;

    @Option(
            names = "--image-rate",
            paramLabel = "N",
            description = "Unlabeled images to classify per second (default: " + IMAGE_RATE + "; with --drift "
                    + DRIFT_IMAGE_RATE + ").")
    private @Nullable Double imageRate;

    @Mixin
    private PortOption port = new PortOption();

    @Mixin
    private PromotionOptions promotion = new PromotionOptions();

    @Mixin
    private MonitorOptions monitor = new MonitorOptions();

    @Option(
            names = "--label-delay",
            paramLabel = "TIME",
            defaultValue = "1s",
            converter = DurationConverter.class,
            description = "Delay from an image to its label, from which live accuracy is computed (default:"
                    + " ${DEFAULT-VALUE}).")
    private Duration labelDelay = Duration.ofSeconds(1);

    @Option(
            names = "--drift",
            paramLabel = "CHANGE",
            description = "Change all streamed images midway: rotate (by 90 degrees), invert (the grey levels) or"
                    + " permute-labels.")
    private @Nullable Drift drift;

    @Option(
            names = "--drift-at",
            paramLabel = "N",
            description = "Labeled images before that change (default: half of all).")
    private @Nullable Long driftAt;

    public DemoCommand(Terminal terminal, StopSignal stop) {
        this.terminal = terminal;
        this.stop = stop;
    }

    @Override
    public Integer call() throws InterruptedException {
        long start = startNanos();
        checkOptions();
        int broker = port.port();
        Monitor demo = new Monitor();
        try (@Nullable MonitorServer server = monitor.serve(USUAL_MONITOR_PORT, demo)) {
            String where = server == null ? "" : "; metrics are on " + server.url();
            new Demo(terminal, stop, broker, () -> plan(dataset.find(terminal)), demo).run(start, where);
        }
        return CommandLine.ExitCode.OK;
    }

    /// What is wrong whatever the dataset, before anything is started.
    private void checkOptions() {
        new OptionRange("--epochs", 1, 10_000).check(epochs);
        network.check();
        promotion.rules();
        if (duration != null) {
            OptionRange.checkPositive("--duration", duration);
        }
        DemoPlan.Rates rates = rates();
        if (!(rates.labeled() >= 0) || Double.isInfinite(rates.labeled())) {
            throw UsageException.of("--rate", rates.labeled(), "a number, 0 or more");
        }
        if (!(rates.unlabeled() > 0) || Double.isInfinite(rates.unlabeled())) {
            throw UsageException.of("--image-rate", rates.unlabeled(), "a number, more than 0");
        }
        if (drift == null && driftAt != null) {
            throw new UsageException("--drift-at needs --drift");
        }
    }

    /// By `System.nanoTime`; the Java machine itself has taken a while to get here.
    private static long startNanos() {
        long startMillis = ManagementFactory.getRuntimeMXBean().getStartTime();
        return System.nanoTime() - TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis() - startMillis);
    }

    /// The textbook network's figures are for the classic split; the modern one sees all there is, once or more.
    private DemoPlan plan(Dataset data) {
        Images training = data.training(network.preset() == Preset.CLASSIC ? Split.CLASSIC : Split.FULL);
        TrainingConfig config =
                network.config(new ImageFormat(training.width(), training.height(), training.classes()));
        if (training.size() < config.miniBatchSize()) {
            throw new UsageException("%s has %d training images; it must have %d or more, a mini-batch"
                    .formatted(data.name(), training.size(), config.miniBatchSize()));
        }
        int every = network.snapshotEvery(DemoPlan.snapshotEvery(training.size(), config));
        if (every < 1 || every > training.size() / config.miniBatchSize()) {
            throw UsageException.of(
                    "--snapshot-every",
                    every,
                    "1 to %d, the mini-batches of an epoch".formatted(training.size() / config.miniBatchSize()));
        }
        Training.Settings settings =
                new Training.Settings(ModelNameOption.DEFAULT_MODEL, config, network.seed(), every);
        return new DemoPlan(
                data,
                training,
                settings,
                epochs,
                rates(),
                Optional.ofNullable(duration),
                new DemoPlan.Live(labelDelay, change((long) epochs * training.size())),
                promotion.rules());
    }

    private DemoPlan.Rates rates() {
        return new DemoPlan.Rates(
                rate != null ? rate : drift == null ? 0 : DRIFT_RATE,
                imageRate != null ? imageRate : drift == null ? IMAGE_RATE : DRIFT_IMAGE_RATE);
    }

    private Optional<DemoPlan.Change> change(long examples) {
        if (drift == null) {
            return Optional.empty();
        }
        long at = driftAt == null ? examples / 2 : driftAt;
        new OptionRange("--drift-at", 0, examples - 1).check(at);
        return Optional.of(new DemoPlan.Change(drift, at));
    }
}
