package dev.inkstream.app.role;

import dev.inkstream.app.cluster.Keys;
import dev.inkstream.app.cluster.ScopeOption;
import dev.inkstream.app.cluster.SignOption;
import dev.inkstream.app.console.StopSignal;
import dev.inkstream.app.console.UsageException;
import dev.inkstream.app.origin.VersionFiles;
import dev.inkstream.record.WeightSnapshot;
import dev.inkstream.record.WeightSnapshot.Layers;
import dev.inkstream.record.Weights;
import dev.inkstream.stream.ImageFormat;
import dev.inkstream.stream.Snapshots;
import dev.inkstream.trainer.Beginning;
import dev.inkstream.trainer.OnDivergence;
import dev.inkstream.trainer.TrainerSettings;
import dev.inkstream.trainer.Training;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Runs the trainer until it is stopped.
@Command(
        name = "trainer",
        description = "Train on labeled images in the order of their topic, and publish versions of the weights.")
public final class TrainerCommand implements Callable<Integer> {
    private static final RoleLauncher.Usual USUAL = new RoleLauncher.Usual(9402, Optional.of("trainer"));

    private final RoleLauncher role;

    @Mixin
    private RoleOptions options = new RoleOptions();

    @Mixin
    private ModelOptions model = new ModelOptions();

    @Mixin
    private NetworkOptions network = new NetworkOptions();

    @Option(
            names = "--on-divergence",
            paramLabel = "ACTION",
            defaultValue = "stop",
            description =
                    "What to do with a record whose loss is not finite: stop, or skip (send it to the dead letters"
                            + " and train on the next) (default: ${DEFAULT-VALUE}).")
    private OnDivergence onDivergence = OnDivergence.STOP;

    @Mixin
    private SignOption sign = new SignOption();

    @Mixin
    private ScopeOption scope = new ScopeOption();

    @Option(
            names = "--initial-weights",
            paramLabel = "FILE",
            description = "Start from the weights in a file that 'models export' wrote, in the format inkstream, npz or"
                    + " json (default: those of the seed). Give it at each start.")
    private @Nullable Path initialWeights;

    @Option(
            names = "--from",
            paramLabel = "OFFSET|latest",
            description = "Of a model without versions: train on the records of labeled-images from this offset on, or"
                    + " on those that come from now on (default: all). Later starts continue where the model began.")
    private @Nullable String from;

    public TrainerCommand(StopSignal stop) {
        role = new RoleLauncher(stop);
    }

    @Override
    public Integer call() throws InterruptedException {
        ImageFormat format = model.format();
        TrainingStart start = TrainingStart.of(from);
        TrainerSettings settings = new TrainerSettings(options.topics(), training(format), format, onDivergence);
        Keys keys = new Keys(sign.key(options.kafka()), List.of(), scope);
        role.run(
                options,
                USUAL,
                (roles, instanceId) -> roles.trainer(settings.with(keys.ofTrainer(roles.admin())), start, instanceId));
        return CommandLine.ExitCode.OK;
    }

    private Training.Settings training(ImageFormat format) {
        Training.Settings settings = network.training(model.model(), format);
        return initialWeights == null
                ? settings
                : settings.with(Beginning.from(fitting(settings, VersionFiles.read(initialWeights))));
    }

    private static Weights fitting(Training.Settings settings, WeightSnapshot version) {
        Layers layers = Snapshots.layers(settings.config().architecture());
        if (!version.layers().equals(layers)) {
            throw new UsageException(
                    "--initial-weights has %s; it must have %s, as --hidden, --preset, --image-size and"
                                    .formatted(text(version.layers()), text(layers))
                            + " --classes say");
        }
        return version.weights();
    }

    private static String text(Layers layers) {
        return "layers %s (%s hidden, %s output)"
                .formatted(
                        layers.sizes().stream().map(String::valueOf).collect(Collectors.joining(",")),
                        layers.hidden().toLowerCase(Locale.ROOT),
                        layers.output().toLowerCase(Locale.ROOT));
    }
}
