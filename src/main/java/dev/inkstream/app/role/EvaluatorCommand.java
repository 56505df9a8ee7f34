package dev.inkstream.app.role;

import dev.inkstream.app.cluster.KafkaOptions;
import dev.inkstream.app.cluster.TopicOptions;
import dev.inkstream.app.console.StopSignal;
import dev.inkstream.app.console.Terminal;
import dev.inkstream.app.monitor.MonitorOptions;
import dev.inkstream.stream.EvaluatorTopology;
import dev.inkstream.stream.PromotionPolicy;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Runs the evaluator until it is stopped.
@Command(
        name = "evaluator",
        description = "Score every version of the weights on the holdout images, and promote it to serve.")
public final class EvaluatorCommand implements Callable<Integer> {
    private static final int USUAL_MONITOR_PORT = 9403;

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

    public EvaluatorCommand(Terminal terminal, StopSignal stop) {
        role = new RoleCommand(terminal, stop);
    }

    @Override
    public Integer call() throws InterruptedException {
        EvaluatorTopology.Settings settings = new EvaluatorTopology.Settings(
                topics.topics(), model.model(), model.format(), PromotionPolicy.always());
        Optional<String> instanceId = instance.instanceId(Optional.of("evaluator"));
        role.run(
                kafka.settings(),
                new RoleCommand.Monitoring(monitor, USUAL_MONITOR_PORT),
                roles -> roles.evaluator(settings, instanceId));
        return CommandLine.ExitCode.OK;
    }
}
