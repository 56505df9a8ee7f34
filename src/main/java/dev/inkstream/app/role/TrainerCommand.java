package dev.inkstream.app.role;

import dev.inkstream.app.cluster.KafkaOptions;
import dev.inkstream.app.cluster.TopicOptions;
import dev.inkstream.app.console.StopSignal;
import dev.inkstream.app.console.Terminal;
import dev.inkstream.app.console.UsageException;
import dev.inkstream.app.monitor.MonitorOptions;
import dev.inkstream.stream.ImageFormat;
import dev.inkstream.stream.TrainerTopology;
import dev.inkstream.stream.Training;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Runs the trainer until it is stopped.
@Command(
        name = "trainer",
        description = "Learn from labeled images in the order of their topic, and publish versions of the weights.")
public final class TrainerCommand implements Callable<Integer> {
    private static final int USUAL_MONITOR_PORT = 9402;

    private final RoleCommand role;

    @Mixin
    private KafkaOptions kafka = new KafkaOptions();

    @Mixin
    private TopicOptions topics = new TopicOptions();

    @Mixin
    private ModelOptions model = new ModelOptions();

    @Mixin
    private NetworkOptions network = new NetworkOptions();

    @Mixin
    private MonitorOptions monitor = new MonitorOptions();

    @Mixin
    private InstanceOptions instance = new InstanceOptions();

    @Option(
            names = "--snapshot-every",
            paramLabel = "N",
            defaultValue = "500",
            description = "Mini-batches from one version of the weights to the next (default: ${DEFAULT-VALUE}).")
    private int snapshotEvery = 500;

    public TrainerCommand(Terminal terminal, StopSignal stop) {
        role = new RoleCommand(terminal, stop);
    }

    @Override
    public Integer call() throws InterruptedException {
        ImageFormat format = model.format();
        TrainerTopology.Settings settings = new TrainerTopology.Settings(topics.topics(), training(format), format);
        Optional<String> instanceId = instance.instanceId(Optional.of("trainer"));
        role.run(
                kafka.settings(),
                new RoleCommand.Monitoring(monitor, USUAL_MONITOR_PORT),
                roles -> roles.trainer(settings, instanceId));
        return CommandLine.ExitCode.OK;
    }

    private Training.Settings training(ImageFormat format) {
        try {
            return new Training.Settings(model.model(), network.config(format), network.seed(), snapshotEvery);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--" + e.getMessage(), e);
        }
    }
}
