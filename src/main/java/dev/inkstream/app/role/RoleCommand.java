package dev.inkstream.app.role;

import dev.inkstream.app.cluster.Brokers;
import dev.inkstream.app.cluster.KafkaSettings;
import dev.inkstream.app.cluster.Registries;
import dev.inkstream.app.console.StopSignal;
import dev.inkstream.app.console.Terminal;
import dev.inkstream.app.monitor.Monitor;
import dev.inkstream.app.monitor.MonitorOptions;
import dev.inkstream.app.monitor.MonitorServer;
import java.time.Duration;
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
        Role with(Roles roles) throws InterruptedException;
    }

    /// Where a role tells of itself.
    ///
    /// @param usualPort of this role
    record Monitoring(MonitorOptions options, int usualPort) {}

    /// Returns when it was told to stop.
    ///
    /// @throws RuntimeException the failure that stopped the role
    void run(KafkaSettings settings, Monitoring monitoring, Start start) throws InterruptedException {
        Monitor monitor = new Monitor();
        try (@Nullable MonitorServer server = monitoring.options().serveRole(monitoring.usualPort(), monitor)) {
            if (server != null) {
                notice("metrics are on " + server.url());
            }
            run(settings, monitor, start);
        }
    }

    private void run(KafkaSettings settings, Monitor monitor, Start start) throws InterruptedException {
        try (Admin admin = Brokers.connect(settings, PATIENCE)) {
            Roles roles = new Roles(settings, admin, Registries.of(settings), monitor.meters(), this::notice);
            try (Role role = start.with(roles)) {
                monitor.watch(role);
                await(role);
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
