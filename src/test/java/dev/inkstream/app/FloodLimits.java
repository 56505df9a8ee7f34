package dev.inkstream.app;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;

/// Makes the topics of a flood take any key, size and time.
record FloodLimits(Cluster cluster, int maxMessageBytes) {
    void raise() throws Exception {
        try (Admin admin = Admin.create(cluster.kafka().admin())) {
            Map<ConfigResource, Collection<AlterConfigOp>> changes = new HashMap<>();
            cluster.topics().specs(2).stream()
                    .filter(spec ->
                            !spec.name().equals(cluster.topics().deadLetters().name()))
                    .forEach(spec -> changes.put(
                            new ConfigResource(ConfigResource.Type.TOPIC, spec.name()),
                            List.of(
                                    // A compacted topic takes no record without a key.
                                    set("cleanup.policy", "delete"),
                                    set("retention.ms", "-1"),
                                    set("max.decompressed.message.bytes", Integer.toString(Integer.MAX_VALUE - 8)),
                                    set("max.message.bytes", Integer.toString(maxMessageBytes)),
                                    set("message.timestamp.after.max.ms", Long.toString(Long.MAX_VALUE)))));
            admin.incrementalAlterConfigs(changes).all().get();
        }
    }

    private static AlterConfigOp set(String name, String value) {
        return new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET);
    }
}
