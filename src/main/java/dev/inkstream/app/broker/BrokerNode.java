package dev.inkstream.app.broker;

import dev.inkstream.app.console.UserException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.BrokerIdNotRegisteredException;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/// The running Kafka server. All use of the server's classes is here, so that what loads this class is
/// what needs its jars.
record BrokerNode(BrokerPorts ports, KafkaRaftServer server) {

    /// Formats the directory if it is new, and starts the server on it.
    static BrokerNode start(BrokerPorts ports, Path data) {
        if (BrokerDirectory.wasKilled(data)) {
            unregister(ports, data);
        } else if (!BrokerDirectory.isFormatted(data)) {
            format(data);
        }
        return new BrokerNode(ports, started(ports, data, BrokerConfig.of(ports, data)));
    }

    private static KafkaRaftServer started(BrokerPorts ports, Path data, Map<String, Object> config) {
        KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(config, false), Time.SYSTEM);
        try {
            server.startup();
            return server;
        } catch (RuntimeException e) {
            abandon(server);
            throw new UserException(
                    "the Kafka broker cannot start on %s with its data in %s: %s"
                            .formatted(ports.address(), data, e.getMessage()),
                    e);
        }
    }

    /// Has a controller alone forget the broker that was killed, so that no partition has a leader when the broker
    /// starts.
    ///
    /// Else it starts as the leader of all partitions, and is elected again seconds later, when the session of its
    /// former self ends. In between, its transaction coordinator ends transactions that have timed out or were about to
    /// be committed; it finds no leader to send the end to, takes the partitions for deleted, and forgets them. Nobody
    /// reads what lies behind such a transaction, or the next of the producer commits it (docs/adr/0014).
    private static void unregister(BrokerPorts ports, Path data) {
        KafkaRaftServer controller = started(ports, data, BrokerConfig.ofController(ports, data));
        try (Admin admin =
                Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_CONTROLLERS_CONFIG, ports.controllerAddress()))) {
            admin.unregisterBroker(BrokerConfig.NODE).all().get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof BrokerIdNotRegisteredException)) {
                throw new UserException(
                        "the Kafka broker cannot start with its data in %s: its controller does not forget the broker that was killed: %s"
                                .formatted(data, String.valueOf(e.getCause())),
                        e);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("stopped while the broker started");
        } finally {
            controller.shutdown();
            controller.awaitShutdown();
        }
    }

    void stop() {
        server.shutdown();
        server.awaitShutdown();
    }

    /// Stops what a failed start left running. Kafka waits for threads that were never started, so this is
    /// given up after a while.
    private static void abandon(KafkaRaftServer server) {
        Thread stopper =
                Thread.ofPlatform().daemon().name("inkstream-broker-abandon").start(server::shutdown);
        try {
            stopper.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void format(Path data) {
        Formatter formatter = new Formatter()
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                .setNodeId(BrokerConfig.NODE)
                .setClusterId(Uuid.randomUuid().toString())
                .setControllerListenerName(BrokerConfig.CONTROLLER_LISTENER)
                .setMetadataLogDirectory(data.toString())
                .addDirectory(data.toString());
        try {
            formatter.run();
        } catch (Exception e) { // as Formatter declares
            throw new UserException(
                    "the broker cannot keep its data in %s (%s): choose another directory"
                            .formatted(data, e.getMessage()),
                    e);
        }
    }
}
