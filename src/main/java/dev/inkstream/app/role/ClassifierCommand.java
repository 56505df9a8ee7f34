package dev.inkstream.app.role;

import dev.inkstream.app.cluster.Keys;
import dev.inkstream.app.cluster.ScopeOption;
import dev.inkstream.app.cluster.TrustOption;
import dev.inkstream.app.console.StopSignal;
import dev.inkstream.classifier.ClassifierSettings;
import dev.inkstream.stream.runtime.Guarantee;
import dev.inkstream.stream.runtime.Profile;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Runs one classifier instance until it is stopped.
@Command(
        name = "classifier",
        description = "Classify images with the serving weights; swap in each new version as it is promoted.",
        footer = {"", "More instances share the partitions of the images topic."})
public final class ClassifierCommand implements Callable<Integer> {
    private static final RoleLauncher.Usual USUAL = new RoleLauncher.Usual(9401, Optional.empty());

    /// Where a model begins.
    enum From {
        EARLIEST,
        LATEST
    }

    private final RoleLauncher role;

    @Mixin
    private RoleOptions options = new RoleOptions();

    @Mixin
    private ModelOptions model = new ModelOptions();

    @Mixin
    private ThreadOptions threads = new ThreadOptions();

    @Option(
            names = "--from",
            paramLabel = "POSITION",
            defaultValue = "earliest",
            description = "Start position of a new model: earliest (all images that Kafka keeps) or latest (images"
                    + " that arrive after this start); later starts resume (default: ${DEFAULT-VALUE}).")
    private From from = From.EARLIEST;

    @Option(
            names = "--guarantee",
            paramLabel = "GUARANTEE",
            defaultValue = "exactly-once",
            description = "How often an image is predicted: exactly-once, or at-least-once (predictions are written"
                    + " without transactions, and a crash may repeat some) (default: ${DEFAULT-VALUE}).")
    private Guarantee guarantee = Guarantee.EXACTLY_ONCE;

    @Mixin
    private TrustOption trust = new TrustOption();

    @Mixin
    private ScopeOption scope = new ScopeOption();

    public ClassifierCommand(StopSignal stop) {
        role = new RoleLauncher(stop);
    }

    @Override
    public Integer call() throws InterruptedException {
        ClassifierSettings settings = new ClassifierSettings(options.topics(), model.model(), model.format());
        int number = threads.threads();
        StartOffsets offsets = new StartOffsets(options.resume().source(), from == From.LATEST);
        Keys keys = new Keys(Optional.empty(), trust.keys(options.kafka()), scope);
        Profile profile = new Profile(options.tuning(), guarantee);
        role.run(
                options,
                USUAL,
                (roles, instanceId) -> roles.resumingAt(offsets)
                        .with(profile)
                        .classifier(settings.with(keys.ofClassifier(roles.admin())), number, instanceId));
        return CommandLine.ExitCode.OK;
    }
}
