package dev.inkstream.app.cluster;

import dev.inkstream.app.console.UsageException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.producer.ProducerConfig;

/// The settings of all Kafka clients of this process, and of the schema registry's. Those that start with
/// `admin.`, `consumer.` or `producer.` are for that client alone and win over the plain ones; those this
/// program does not know are passed on, for interceptors and the like; those of the schema registry are not. Immutable;
/// what it gives are copies to be changed.
///
/// It holds secrets, so [#toString] names the settings without their values.
public final class KafkaSettings {
    /// What the settings of one client begin with.
    static final List<String> CLIENTS =
            List.of("admin.", "consumer.", "producer.", "main.consumer.", "restore.consumer.", "global.consumer.");

    /// Kafka Streams' default under exactly-once.
    private static final String STREAMS_TRANSACTION_TIMEOUT_MS = "10000";

    private final Map<String, Object> properties;

    private KafkaSettings(Map<String, ?> properties) {
        this.properties = Map.copyOf(properties);
    }

    /// Settings as they are read, unresolved references to secrets not among them.
    public static KafkaSettings of(Map<String, ?> properties) {
        return new KafkaSettings(properties);
    }

    /// The defaults, for the broker at an address.
    public static KafkaSettings at(String bootstrapServers) {
        return of(Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers));
    }

    /// The same with one setting more, or another value for it.
    public KafkaSettings with(String key, Object value) {
        Map<String, Object> changed = new HashMap<>(properties);
        changed.put(key, value);
        return of(changed);
    }

    /// The brokers' addresses.
    public String bootstrapServers() {
        return property(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG).orElse("");
    }

    /// A setting by its name.
    public Optional<String> property(String key) {
        return Optional.ofNullable(properties.get(key)).map(Object::toString);
    }

    /// For an `Admin` client.
    public Map<String, Object> admin() {
        return client("admin.");
    }

    /// For a `KafkaConsumer`.
    public Map<String, Object> consumer() {
        return client("consumer.");
    }

    /// For a `KafkaProducer`.
    public Map<String, Object> producer() {
        return client("producer.");
    }

    /// For `StreamsConfig`, which reads the prefixes itself.
    public Map<String, Object> streams() {
        Map<String, Object> streams = new HashMap<>(properties);
        streams.keySet().removeIf(RegistryProperties::isOne);
        return streams;
    }

    /// How long the coordinator leaves a transaction of a role open (`transaction.timeout.ms`).
    ///
    /// @throws UsageException if it is no number
    public Duration transactionTimeout() {
        String key = ProducerConfig.TRANSACTION_TIMEOUT_CONFIG;
        String value = property("producer." + key).or(() -> property(key)).orElse(STREAMS_TRANSACTION_TIMEOUT_MS);
        if (!value.matches("[1-9][0-9]{0,9}")) {
            throw new UsageException("%s is '%s'; it must be a number of milliseconds".formatted(key, value));
        }
        return Duration.ofMillis(Long.parseLong(value));
    }

    /// The names of all settings, sorted.
    Set<String> names() {
        return new TreeSet<>(properties.keySet());
    }

    @Override
    public String toString() {
        return "KafkaSettings" + names();
    }

    private Map<String, Object> client(String prefix) {
        Map<String, Object> plain = new HashMap<>();
        Map<String, Object> own = new HashMap<>();
        properties.forEach((key, value) -> {
            if (key.startsWith(prefix)) {
                own.put(key.substring(prefix.length()), value);
            } else if (CLIENTS.stream().noneMatch(key::startsWith) && !RegistryProperties.isOne(key)) {
                plain.put(key, value);
            }
        });
        plain.putAll(own);
        return plain;
    }
}
