package dev.inkstream.stream.runtime;

import dev.inkstream.stream.guard.Guard;
import dev.inkstream.stream.intake.BoundedConsumer;
import dev.inkstream.stream.intake.BoundedConsumer.Memory;
import dev.inkstream.stream.intake.IntakeLimits;
import dev.inkstream.stream.intake.Outstanding;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.KafkaClientSupplier;

/// The clients of a Kafka Streams application as it would make them itself, but that the transactions of a static
/// member go by its name.
///
/// Kafka Streams names them at random where no store is on disk. A transaction that a killed process left open then
/// stays so until the broker gives it up, up to twenty seconds later, and what lies behind it in an internal topic is
/// held back that long: of two such topics, one is read far ahead of the other. A successor of the same name ends it
/// before it takes its first record.
///
/// Its consumers bound their memory, whatever records decompress to.
///
/// @param guard makes the clients that commit and that resume
/// @param applicationId what the names begin with, as Kafka Streams' own do
/// @param instanceId name of the member; empty for a dynamic one
/// @param limits of the records that are read
/// @param outstanding what the main consumers have read and the processors have not
record InstanceClients(
        Guard guard, String applicationId, Optional<String> instanceId, IntakeLimits limits, Outstanding outstanding)
        implements KafkaClientSupplier {
    @Override
    public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
        return guard.producer(named(applicationId, instanceId, config), outstanding);
    }

    /// With the name of the transactions: application, instance, and the thread's number, which is the last part of
    /// the name that Kafka Streams has given. No application's id has an @, so no two have the same.
    static Map<String, Object> named(String applicationId, Optional<String> instanceId, Map<String, Object> config) {
        Map<String, Object> named = new HashMap<>(config);
        instanceId.ifPresent(instance -> named.computeIfPresent(
                ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                (key, given) -> applicationId + "@" + instance
                        + given.toString().substring(given.toString().lastIndexOf('-'))));
        return named;
    }

    @Override
    public Admin getAdmin(Map<String, Object> config) {
        return Admin.create(config);
    }

    @Override
    public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
        return guard.consumer(config, new Memory(limits, outstanding, true));
    }

    @Override
    public Consumer<byte[], byte[]> getRestoreConsumer(Map<String, Object> config) {
        return ofStores(config);
    }

    @Override
    public Consumer<byte[], byte[]> getGlobalConsumer(Map<String, Object> config) {
        return ofStores(config);
    }

    private Consumer<byte[], byte[]> ofStores(Map<String, Object> config) {
        return BoundedConsumer.of(config, limits);
    }
}
