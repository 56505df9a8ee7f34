package dev.inkstream.app.topics;

import dev.inkstream.app.cluster.KafkaOptions;
import dev.inkstream.app.cluster.TopicOptions;
import dev.inkstream.app.console.OptionRange;
import dev.inkstream.app.console.StopSignal;
import dev.inkstream.app.console.Terminal;
import dev.inkstream.app.console.Text;
import dev.inkstream.app.console.UserException;
import dev.inkstream.stream.TopicSpec;
import dev.inkstream.stream.intake.DeadLetterHeaders;
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
        description = "Create the topics that are missing; existing topics do not change.",
        footer = {
            "",
            "images, labels and predictions may have any number of partitions, also different ones. The exit status"
                    + " is 1 if another existing topic cannot be used."
        })
final class TopicsCreateCommand implements Callable<Integer> {
    private static final int USUAL_PARTITIONS = 4;
    private static final int MAX_PARTITIONS = 10_000;

    private final Terminal terminal;
    private final StopSignal stop;

    @Mixin
    private KafkaOptions kafka = new KafkaOptions();

    @Mixin
    private TopicOptions topics = new TopicOptions();

    @Option(
            names = "--partitions",
            paramLabel = "N",
            description = "Partitions of images, labels and predictions if none of them exists; also the upper limit"
                    + " of classifier threads (default: " + USUAL_PARTITIONS + ").")
    private @Nullable Integer partitions;

    @Option(
            names = "--replication-factor",
            paramLabel = "N",
            description = "Replicas of each partition (default: the cluster's default).")
    private @Nullable Short replicationFactor;

    @Option(
            names = "--max-message-bytes",
            paramLabel = "N",
            description =
                    "Upper bound of each topic's max.message.bytes, if the cluster limits it. A role whose records"
                            + " need more reports it at start (default: what the roles need).")
    private @Nullable Integer maxMessageBytes;

    @Option(names = "--dry-run", description = "Print what would be created; create nothing.")
    private boolean dryRun;

    TopicsCreateCommand(Terminal terminal, StopSignal stop) {
        this.terminal = terminal;
        this.stop = stop;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (partitions != null) {
            new OptionRange("--partitions", 1, MAX_PARTITIONS).check(partitions);
        }
        if (replicationFactor != null) {
            new OptionRange("--replication-factor", 1, Short.MAX_VALUE).check(replicationFactor);
        }
        if (maxMessageBytes != null) {
            OptionRange.from("--max-message-bytes", DeadLetterHeaders.MIN_MESSAGE_BYTES)
                    .check(maxMessageBytes);
        }
        try (Admin admin = kafka.broker(stop, terminal.err()::println).connect(kafka.settings())) {
            TopicPlan plan = plan(admin);
            Optional<Short> copies = Optional.ofNullable(replicationFactor);
            List<TopicSpec> missing = plan.missing().stream().map(this::capped).toList();
            List<String> created = dryRun
                    ? TopicCreation.tryOut(admin, missing, copies)
                    : TopicCreation.create(admin, missing, copies);
            plan.specs().forEach(spec -> say(spec, created.contains(spec.name())));
            if (!plan.faults().isEmpty()) {
                throw new UserException(String.join("; ", plan.faults())
                        + "; change or delete what is wrong, or choose another --topic-prefix");
            }
        }
        return CommandLine.ExitCode.OK;
    }

    private TopicSpec capped(TopicSpec spec) {
        return maxMessageBytes == null ? spec : spec.withMaxMessageBytes(maxMessageBytes);
    }

    private TopicPlan plan(Admin admin) throws InterruptedException {
        int wanted = partitions == null ? USUAL_PARTITIONS : partitions;
        List<String> names =
                topics.topics().specs(wanted).stream().map(TopicSpec::name).toList();
        return TopicPlan.of(topics.topics(), wanted, TopicState.existing(admin, names));
    }

    private void say(TopicSpec spec, boolean created) {
        boolean differs =
                partitions != null && partitions != spec.partitions() && TopicPlan.isShared(topics.topics(), spec);
        String action = !created ? "exists" : dryRun ? "would create" : "created";
        terminal.out()
                .println("%s  %s (%s, %s)%s"
                        .formatted(
                                dryRun ? "%-12s".formatted(action) : "%-7s".formatted(action),
                                spec.name(),
                                Text.count(spec.partitions(), "partition"),
                                TopicPlan.cleanupPolicy(spec),
                                differs ? ", not the %d of --partitions".formatted(partitions) : ""));
    }
}
