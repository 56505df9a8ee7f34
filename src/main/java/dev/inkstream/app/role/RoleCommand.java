package dev.inkstream.app.role;

import dev.inkstream.app.cluster.Brokers;
import dev.inkstream.app.cluster.KafkaSettings;
import dev.inkstream.app.cluster.Registries;
import dev.inkstream.app.console.StopSignal;
import dev.inkstream.app.console.Terminal;
import dev.inkstream.app.monitor.Monitor;
import dev.inkstream.app.monitor.MonitorServer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;

/// What the commands of all roles do: connect, start the role, run until told to stop or a failure stops it.
record RoleCommand(Terminal terminal, StopSignal stop) {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /// Starts one role.
    @FunctionalInterface
    interface Start {
        /// @param instanceId name of a static member; empty for a dynamic one
        Role with(Roles roles, Optional<String> instanceId) throws InterruptedException;
    }

    /// What holds for a role unless its options say otherwise.
    ///
    /// @param instanceId name of a static member; empty for a dynamic one
    record Usual(int monitorPort, Optional<String> instanceId) {}

    /// Returns when it was told to stop.
    ///
    /// @throws RuntimeException the failure that stopped the role
    void run(RoleOptions options, Usual usual, Start start) throws InterruptedException {
        KafkaSettings settings = options.kafka().settings();
        Optional<String> instanceId = options.instance().instanceId(usual.instanceId());
        Monitor monitor = new Monitor();
        try (@Nullable MonitorServer server = options.monitor().serveRole(usual.monitorPort(), monitor)) {
            if (server != null) {
                notice("metrics are on " + server.url());
            }
            try (Admin admin = Brokers.connect(settings, PATIENCE)) {
                Roles roles = new Roles(settings, admin, Registries.of(settings), monitor.meters(), this::notice);
                try (Role role = start.with(roles, instanceId)) {
                    monitor.watch(role);
                    await(role);
                }
            }
        }
    }

    private void await(Role role) throws InterruptedException {
        try {
            CompletableFuture.anyOf(stop.requested(), role.stopped()).get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : new CompletionException(e.getCause());
        }
    }

    private void notice(String line) {
        terminal.err().println(line);
        terminal.err().flush();
    }
}
