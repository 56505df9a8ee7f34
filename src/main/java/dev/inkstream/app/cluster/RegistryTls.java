package dev.inkstream.app.cluster;

import dev.inkstream.app.console.UsageException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;

/// The TLS of a schema registry: Kafka's own `ssl.` properties with the prefix `schema.registry.`, and Kafka's own
/// code to read key stores and trust stores.
///
/// @param settings among which the properties are
record RegistryTls(KafkaSettings settings) {
    static final String PREFIX = RegistryProperties.PREFIX + "ssl.";

    /// The JDK's HTTP client always checks the host's name, and makes its engines itself.
    private static final Set<String> UNSUPPORTED = Set.of(
            SslConfigs.SSL_ENDPOINT_IDENTIFICATION_ALGORITHM_CONFIG,
            SslConfigs.SSL_ENGINE_FACTORY_CLASS_CONFIG,
            SslConfigs.SSL_CIPHER_SUITES_CONFIG,
            SslConfigs.SSL_ENABLED_PROTOCOLS_CONFIG);

    /// The properties, with their prefix.
    static final Set<String> KEYS = new ConfigDef()
            .withClientSslSupport().names().stream()
                    .filter(name -> name.startsWith("ssl.") && !UNSUPPORTED.contains(name))
                    .map(RegistryProperties.PREFIX::concat)
                    .collect(Collectors.toUnmodifiableSet());

    /// Empty for the JDK's own, if none of the properties is set.
    ///
    /// @throws UsageException if a store cannot be read
    Optional<SSLContext> context() {
        Map<String, Object> given = new TreeMap<>();
        for (String key : KEYS) {
            settings.property(key)
                    .ifPresent(value -> given.put(key.substring(RegistryProperties.PREFIX.length()), value));
        }
        if (given.isEmpty()) {
            return Optional.empty();
        }
        try (DefaultSslEngineFactory factory = new DefaultSslEngineFactory()) {
            factory.configure(new AbstractConfig(new ConfigDef().withClientSslSupport(), given, false).values());
            return Optional.of(factory.sslContext());
        } catch (KafkaException e) {
            throw new UsageException(PREFIX + "*: " + e.getMessage(), e);
        }
    }
}
