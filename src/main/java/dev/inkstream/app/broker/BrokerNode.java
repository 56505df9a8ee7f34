package dev.inkstream.app.broker;

import dev.inkstream.app.console.UserException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/// The running Kafka server. All use of the server's classes is here, so that what loads this class is
/// what needs its jars.
record BrokerNode(BrokerPorts ports, KafkaRaftServer server) {

    /// Formats the directory if it is new, and starts the server on it.
    static BrokerNode start(BrokerPorts ports, Path data) {
        if (!BrokerDirectory.isFormatted(data)) {
            format(data);
        }
        Map<String, Object> config = BrokerConfig.of(ports, data);
        KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(config, false), Time.SYSTEM);
        try {
            server.startup();
        } catch (RuntimeException e) {
            abandon(server);
            throw new UserException(
                    "the Kafka broker cannot start on %s with its data in %s: %s"
                            .formatted(ports.address(), data, e.getMessage()),
                    e);
        }
        return new BrokerNode(ports, server);
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
                    "the broker cannot keep its data in %s (%s): choose another directory".formatted(data, e.getMessage()),
                    e);
        }
    }
}
