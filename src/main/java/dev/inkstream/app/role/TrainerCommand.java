package dev.inkstream.app.role;

import dev.inkstream.app.cluster.Keys;
import dev.inkstream.app.cluster.ScopeOption;
import dev.inkstream.app.cluster.SignOption;
import dev.inkstream.app.console.StopSignal;
import dev.inkstream.stream.ImageFormat;
import dev.inkstream.trainer.OnDivergence;
import dev.inkstream.trainer.TrainerSettings;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
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

    public TrainerCommand(StopSignal stop) {
        role = new RoleLauncher(stop);
    }

    @Override
    public Integer call() throws InterruptedException {
        ImageFormat format = model.format();
        TrainerSettings settings =
                new TrainerSettings(options.topics(), network.training(model.model(), format), format, onDivergence);
        Keys keys = new Keys(sign.key(options.kafka()), List.of(), scope);
        role.run(
                options,
                USUAL,
                (roles, instanceId) -> roles.trainer(settings.with(keys.ofTrainer(roles.admin())), instanceId));
        return CommandLine.ExitCode.OK;
    }
}
