package dev.inkstream.app.role;

import dev.inkstream.app.cluster.CompressionLibraries;
import dev.inkstream.app.cluster.KafkaSettings;
import dev.inkstream.app.cluster.SchemaRegistries;
import dev.inkstream.app.console.StopSignal;
import dev.inkstream.app.console.UserException;
import dev.inkstream.app.monitor.Monitor;
import dev.inkstream.app.monitor.MonitorServer;
import dev.inkstream.codec.SchemaRegistry;
import dev.inkstream.record.Causes;
import dev.inkstream.stream.runtime.Profile;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the commands of all roles do: connect, start the role, run until a signal or a failure stops it.
record RoleLauncher(StopSignal stop) {
    private static final Logger LOG = LoggerFactory.getLogger(RoleLauncher.class);

    /// Timeout of the question, at a stop, whether a broker answers.
    private static final int ANSWER_MILLIS = 1_500;

    /// Starts one role.
    @FunctionalInterface
    interface Start {
        /// @param instanceId name of a static member; empty for a dynamic one
        Role with(RoleFactory roles, Optional<String> instanceId) throws InterruptedException;
    }

    /// What holds for a role unless its options say otherwise.
    ///
    /// @param instanceId name of a static member; empty for a dynamic one
    record Usual(int monitorPort, Optional<String> instanceId) {
        /// Whether only one instance works at a time: those have a name of their own, under which the next takes over.
        boolean single() {
            return instanceId.isPresent();
        }
    }

    /// Returns when a signal has stopped it.
    ///
    /// @throws RuntimeException the failure that stopped the role
    void run(RoleOptions options, Usual usual, Start start) throws InterruptedException {
        options.log().apply();
        CompressionLibraries.require();
        KafkaSettings settings = options.kafka().settings();
        SchemaRegistry registry =
                SchemaRegistries.ofRole(settings, options.kafka().waitTime(), stop, LOG::warn);
        Optional<String> instanceId = options.instance().instanceId(usual.instanceId());
        Monitor monitor = new Monitor();
        try (@Nullable MonitorServer server = options.monitor().serveRole(usual.monitorPort(), monitor)) {
            if (server != null) {
                LOG.info("metrics are on {}", server.url());
            }
            TopicWait topics = new TopicWait(options.kafka().waitTime(), stop, LOG::info);
            try (Admin admin = options.kafka().broker(stop, LOG::info).connect(settings)) {
                StartOffsets offsets = new StartOffsets(options.resume().source(), false);
                RoleFactory roles = new RoleFactory(
                        settings,
                        admin,
                        registry,
                        monitor.meters(),
                        LOG::info,
                        offsets,
                        stop,
                        Profile.of(options.tuning()));
                try (Role role = topics.start(() -> start.with(roles, instanceId))) {
                    monitor.watch(role.health());
                    await(role, usual, settings.bootstrapServers());
                    warnIfNoBrokerAnswers(admin, settings.bootstrapServers());
                }
            }
        }
        LOG.info("stopped");
    }

    /// Returns at once. A role cannot commit without a broker, and so stops late.
    private static void warnIfNoBrokerAnswers(Admin admin, String address) {
        DescribeClusterOptions soon = new DescribeClusterOptions().timeoutMs(ANSWER_MILLIS);
        var _ = admin.describeCluster(soon).nodes().whenComplete((nodes, e) -> {
            if (e instanceof TimeoutException) {
                LOG.warn("stopping: no broker answers at {}; waits up to {} s", address, StopSignal.GRACE.toSeconds());
            }
        });
    }

    private void await(Role role, Usual usual, String address) throws InterruptedException {
        try {
            CompletableFuture.anyOf(stop.requested(), role.stopped()).get();
        } catch (ExecutionException e) {
            // Another instance of the same name has come.
            if (usual.single() && Causes.include(FencedInstanceIdException.class, e)) {
                throw new UserException(
                        "another %s with the same instance id has taken over at %s: run one, or give each its own --instance-id"
                                .formatted(role.name(), address),
                        e);
            }
            throw Causes.unwrapped(e);
        }
    }
}
