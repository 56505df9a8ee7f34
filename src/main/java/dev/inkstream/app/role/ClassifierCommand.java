package dev.inkstream.app.role;

import dev.inkstream.app.cluster.KafkaOptions;
import dev.inkstream.app.cluster.TopicOptions;
import dev.inkstream.app.console.StopSignal;
import dev.inkstream.app.console.Terminal;
import dev.inkstream.app.console.UsageException;
import dev.inkstream.app.monitor.MonitorOptions;
import dev.inkstream.stream.ClassifierTopology;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Runs one classifier instance until it is stopped.
@Command(
        name = "classifier",
        description = "Classify images with the weights that serve, taking up new versions as they come.",
        footer = {"", "Start it again elsewhere to share the partitions of the images topic."})
public final class ClassifierCommand implements Callable<Integer> {
    private static final int MAX_THREADS = 64;

    private static final int USUAL_MONITOR_PORT = 9401;

    private final RoleCommand role;

    @Mixin
    private KafkaOptions kafka = new KafkaOptions();

    @Mixin
    private TopicOptions topics = new TopicOptions();

    @Mixin
    private ModelOptions model = new ModelOptions();

    @Mixin
    private MonitorOptions monitor = new MonitorOptions();

    @Mixin
    private InstanceOptions instance = new InstanceOptions();

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "1",
            description = "Stream threads of this instance (default: ${DEFAULT-VALUE}).")
    private int threads = 1;

    public ClassifierCommand(Terminal terminal, StopSignal stop) {
        role = new RoleCommand(terminal, stop);
    }

    @Override
    public Integer call() throws InterruptedException {
        if (threads < 1 || threads > MAX_THREADS) {
            throw new UsageException("--threads must be 1 to " + MAX_THREADS + ", not " + threads);
        }
        ClassifierTopology.Settings settings =
                new ClassifierTopology.Settings(topics.topics(), model.model(), model.format());
        Optional<String> instanceId = instance.instanceId(Optional.empty());
        role.run(
                kafka.settings(),
                new RoleCommand.Monitoring(monitor, USUAL_MONITOR_PORT),
                roles -> roles.classifier(settings, threads, instanceId));
        return CommandLine.ExitCode.OK;
    }
}
