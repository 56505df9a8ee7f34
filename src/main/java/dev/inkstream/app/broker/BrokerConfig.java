package dev.inkstream.app.broker;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// The settings of a single node that shares a small machine with its clients.
final class BrokerConfig {
    static final int NODE = 1;
    static final String CONTROLLER_LISTENER = "CONTROLLER";

    /// Kafka's default is 100 MB. The active segment is never compacted, and a broker that starts reads all of the
    /// coordinators' topics.
    private static final int COORDINATOR_SEGMENT_BYTES = 1 << 20;

    private BrokerConfig() {}

    static Map<String, Object> of(BrokerPorts ports, Path data) {
        Map<String, Object> config = new HashMap<>();
        config.putAll(node(ports, data));
        config.putAll(onlyOneReplica());
        config.putAll(promptness());
        config.putAll(smallness());
        config.replaceAll((key, value) -> value.toString()); // Kafka parses strings, and only shorts as shorts
        return config;
    }

    /// Of a controller alone, on the same directory and ports.
    static Map<String, Object> ofController(BrokerPorts ports, Path data) {
        Map<String, Object> config = of(ports, data);
        config.put("process.roles", "controller");
        config.put("listeners", "%s://%s".formatted(CONTROLLER_LISTENER, ports.controllerAddress()));
        return config;
    }

    private static Map<String, Object> node(BrokerPorts ports, Path data) {
        String controller = ports.controllerAddress();
        return Map.of(
                "process.roles",
                "broker,controller",
                "node.id",
                NODE,
                "controller.quorum.voters",
                NODE + "@" + controller,
                "controller.listener.names",
                CONTROLLER_LISTENER,
                "listeners",
                "PLAINTEXT://%s,%s://%s".formatted(ports.address(), CONTROLLER_LISTENER, controller),
                "listener.security.protocol.map",
                "PLAINTEXT:PLAINTEXT,%s:PLAINTEXT".formatted(CONTROLLER_LISTENER),
                "log.dirs",
                data.toString(),
                "auto.create.topics.enable",
                false);
    }

    private static Map<String, Object> onlyOneReplica() {
        return Map.of(
                "offsets.topic.replication.factor", 1,
                "offsets.topic.num.partitions", 1,
                "offsets.topic.segment.bytes", COORDINATOR_SEGMENT_BYTES,
                "transaction.state.log.replication.factor", 1,
                "transaction.state.log.min.isr", 1,
                "transaction.state.log.num.partitions", 1,
                "transaction.state.log.segment.bytes", COORDINATOR_SEGMENT_BYTES,
                "share.coordinator.state.topic.replication.factor", 1,
                "share.coordinator.state.topic.min.isr", 1,
                "share.coordinator.state.topic.num.partitions", 1);
    }

    /// Waiting that protects a cluster and only delays a single node.
    private static Map<String, Object> promptness() {
        return Map.of(
                // A killed client's open transaction holds up all read_committed consumers until this scan.
                "transaction.abort.timed.out.transaction.cleanup.interval.ms", 1000,
                "group.initial.rebalance.delay.ms", 0,
                // A killed broker's session must end before it may come back.
                "broker.session.timeout.ms", 3000,
                "broker.heartbeat.interval.ms", 300);
    }

    private static Map<String, Object> smallness() {
        return Map.ofEntries(
                Map.entry("num.network.threads", 2),
                Map.entry("num.io.threads", 4),
                Map.entry("num.replica.fetchers", 1),
                Map.entry("num.recovery.threads.per.data.dir", 1),
                Map.entry("background.threads", 2),
                Map.entry("group.coordinator.threads", 1),
                Map.entry("share.coordinator.threads", 1),
                Map.entry("log.cleaner.dedupe.buffer.size", 2 << 20),
                // Snapshots of large networks are large messages.
                Map.entry("message.max.bytes", 16 << 20),
                Map.entry("replica.fetch.max.bytes", 16 << 20),
                // An index of 1 MB is enough for a segment of 256 MB, and does not reserve 10 MB twice
                // for each partition.
                Map.entry("log.segment.bytes", 256 << 20),
                Map.entry("log.index.size.max.bytes", 1 << 20));
    }
}
