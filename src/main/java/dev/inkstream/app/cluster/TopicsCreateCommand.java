package dev.inkstream.app.cluster;

import dev.inkstream.app.console.Terminal;
import dev.inkstream.app.console.Text;
import dev.inkstream.app.console.UsageException;
import dev.inkstream.app.console.UserException;
import dev.inkstream.stream.TopicSpec;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Creates the topics that are missing; changes none.
@Command(
        name = "create",
        description = "Create the topics that are missing, and leave those that exist as they are.",
        footer = {"", "Where one that exists is not as it should be, nothing is created and the exit status is 1."})
final class TopicsCreateCommand implements Callable<Integer> {
    private static final int MAX_PARTITIONS = 10_000;

    private final Terminal terminal;

    @Mixin
    private KafkaOptions kafka = new KafkaOptions();

    @Mixin
    private TopicOptions topics = new TopicOptions();

    @Option(
            names = "--partitions",
            paramLabel = "N",
            defaultValue = "4",
            description = "Partitions of images and predictions where neither exists: the most classifier threads that"
                    + " can share the work (default: ${DEFAULT-VALUE}).")
    private int partitions = 4;

    @Option(
            names = "--replication-factor",
            paramLabel = "N",
            description = "Copies of each partition (default: the cluster's own).")
    private @Nullable Short replicationFactor;

    @Option(names = "--dry-run", description = "Print what would be created, and create nothing.")
    private boolean dryRun;

    TopicsCreateCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (partitions < 1 || partitions > MAX_PARTITIONS) {
            throw new UsageException("--partitions must be 1 to %d, not %d".formatted(MAX_PARTITIONS, partitions));
        }
        if (replicationFactor != null && replicationFactor < 1) {
            throw new UsageException("--replication-factor must be 1 or more, not " + replicationFactor);
        }
        try (Admin admin = Brokers.connect(kafka.settings())) {
            TopicPlan plan = plan(admin);
            Optional<Short> copies = Optional.ofNullable(replicationFactor);
            List<String> created = dryRun
                    ? TopicCreation.tryOut(admin, plan.missing(), copies)
                    : TopicCreation.create(admin, plan.missing(), copies);
            plan.specs().forEach(spec -> say(spec, created.contains(spec.name())));
        }
        return CommandLine.ExitCode.OK;
    }

    private TopicPlan plan(Admin admin) throws InterruptedException {
        List<String> names =
                topics.topics().specs(partitions).stream().map(TopicSpec::name).toList();
        TopicPlan plan = TopicPlan.of(topics.topics(), partitions, TopicState.existing(admin, names));
        if (!plan.differences().isEmpty()) {
            throw new UserException("nothing was created, since a topic that exists is not as it should be: "
                    + String.join("; ", plan.differences()));
        }
        return plan;
    }

    private void say(TopicSpec spec, boolean created) {
        String action = !created ? "exists" : dryRun ? "would create" : "created";
        terminal.out()
                .println("%s  %s (%s, %s)"
                        .formatted(
                                dryRun ? "%-12s".formatted(action) : "%-7s".formatted(action),
                                spec.name(),
                                Text.count(spec.partitions(), "partition"),
                                TopicPlan.cleanupPolicy(spec)));
    }
}
