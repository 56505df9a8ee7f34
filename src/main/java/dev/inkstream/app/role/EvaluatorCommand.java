package dev.inkstream.app.role;

import dev.inkstream.app.cluster.Keys;
import dev.inkstream.app.cluster.ScopeOption;
import dev.inkstream.app.cluster.SignOption;
import dev.inkstream.app.cluster.TrustOption;
import dev.inkstream.app.console.DurationConverter;
import dev.inkstream.app.console.OptionRange;
import dev.inkstream.app.console.StopSignal;
import dev.inkstream.app.console.UsageException;
import dev.inkstream.evaluator.EvaluatorSettings;
import dev.inkstream.live.LiveSettings;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Runs the evaluator until it is stopped.
@Command(
        name = "evaluator",
        description = "Score each version of the weights on the holdout images and decide what serves; join predictions"
                + " with their labels and report live accuracy and drift.")
public final class EvaluatorCommand implements Callable<Integer> {
    private static final RoleLauncher.Usual USUAL = new RoleLauncher.Usual(9403, Optional.of("evaluator"));

    private final RoleLauncher role;

    @Mixin
    private RoleOptions options = new RoleOptions();

    @Mixin
    private ModelOptions model = new ModelOptions();

    @Mixin
    private PromotionOptions promotion = new PromotionOptions();

    @Mixin
    private LabelWindowOption labelWindow = new LabelWindowOption();

    @Option(
            names = "--evaluate-every",
            paramLabel = "TIME",
            defaultValue = "1m",
            converter = DurationConverter.class,
            description = "Length of the windows of live accuracy (default: ${DEFAULT-VALUE}).")
    private Duration evaluateEvery = Duration.ofMinutes(1);

    @Option(
            names = "--label-memory",
            paramLabel = "MB",
            defaultValue = "128",
            description = "Memory bound of the live join: each image takes about 250 bytes and twice the length of"
                    + " its id. Above it the oldest images are evicted (default: ${DEFAULT-VALUE}).")
    private long megabytes = 128;

    @Option(
            names = "--live-partitions",
            paramLabel = "N",
            defaultValue = "4",
            description =
                    "Partitions of the join of predictions and labels, which is the most threads that can share it;"
                            + " fixed once the evaluator has run (default: ${DEFAULT-VALUE}).")
    private int partitions = 4;

    @Mixin
    private ThreadOptions threads = new ThreadOptions();

    @Mixin
    private SignOption sign = new SignOption();

    @Mixin
    private TrustOption trust = new TrustOption();

    @Mixin
    private ScopeOption scope = new ScopeOption();

    public EvaluatorCommand(StopSignal stop) {
        role = new RoleLauncher(stop);
    }

    @Override
    public Integer call() throws InterruptedException {
        EvaluatorSettings settings =
                new EvaluatorSettings(options.topics(), model.model(), model.format(), promotion.rules(), live());
        int streamThreads = threads.threads();
        Keys keys = new Keys(sign.key(options.kafka()), trust.keys(options.kafka()), scope);
        role.run(
                options,
                USUAL,
                (roles, instanceId) ->
                        roles.evaluator(settings.with(keys.ofEvaluator(roles.admin())), streamThreads, instanceId));
        return CommandLine.ExitCode.OK;
    }

    private LiveSettings live() {
        new OptionRange("--live-partitions", 1, LiveSettings.MAX_PARTITIONS).check(partitions);
        // A partition with less would hold too few images to find their labels.
        new OptionRange("--label-memory", partitions, 1_000_000).check(megabytes);
        OptionRange.checkPositive("--evaluate-every", evaluateEvery);
        try {
            return new LiveSettings(
                    labelWindow.window(),
                    evaluateEvery,
                    megabytes * 1_000_000,
                    LiveSettings.DEFAULT.driftDelta(),
                    LiveSettings.DEFAULT.driftDelay(),
                    partitions);
        } catch (IllegalArgumentException e) {
            throw UsageException.of(e);
        }
    }
}
