package dev.inkstream.app.cluster;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.CommonClientConfigs;

/// The settings of all Kafka clients of this process, and of the schema registry's. Those that start with
/// `admin.`, `consumer.` or `producer.` are for that client alone and win over the plain ones; those this
/// program does not know are passed on, for interceptors and the like. Immutable; what it gives are
/// copies to be changed.
///
/// It holds secrets, so [#toString] names the settings without their values.
public final class KafkaSettings {
    private static final List<String> CLIENTS =
            List.of("admin.", "consumer.", "producer.", "main.consumer.", "restore.consumer.", "global.consumer.");

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
        return new HashMap<>(properties);
    }

    /// The schema registry's address (`schema.registry.url`), if there is one.
    public Optional<String> schemaRegistryUrl() {
        return property("schema.registry.url");
    }

    /// Whether missing schemas are registered (`auto.register.schemas`); true unless told otherwise.
    public boolean autoRegisterSchemas() {
        return property("auto.register.schemas").map(Boolean::parseBoolean).orElse(true);
    }

    /// `user:password` for the schema registry (`basic.auth.user.info`).
    public Optional<String> basicAuthUserInfo() {
        return property("basic.auth.user.info");
    }

    @Override
    public String toString() {
        return "KafkaSettings" + new TreeMap<>(properties).keySet();
    }

    private Map<String, Object> client(String prefix) {
        Map<String, Object> plain = new HashMap<>();
        Map<String, Object> own = new HashMap<>();
        properties.forEach((key, value) -> {
            if (key.startsWith(prefix)) {
                own.put(key.substring(prefix.length()), value);
            } else if (CLIENTS.stream().noneMatch(key::startsWith)) {
                plain.put(key, value);
            }
        });
        plain.putAll(own);
        return plain;
    }
}
