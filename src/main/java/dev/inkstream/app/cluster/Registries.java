package dev.inkstream.app.cluster;

import dev.inkstream.app.console.UsageException;
import dev.inkstream.record.InMemorySchemaRegistry;
import dev.inkstream.record.RestSchemaRegistry;
import dev.inkstream.record.SchemaRegistry;
import java.net.URI;
import java.time.InstantSource;

/// The schema registry that the settings name.
public final class Registries {
    private Registries() {}

    /// The registry at `schema.registry.url`; without that, the one built in, whose ids follow from the schemas
    /// alone, so that processes without a registry understand each other.
    ///
    /// @throws UsageException if the address is none
    public static SchemaRegistry of(KafkaSettings settings) {
        return settings.schemaRegistryUrl()
                .<SchemaRegistry>map(url -> new RestSchemaRegistry(
                        new RestSchemaRegistry.Settings(
                                address(url), settings.basicAuthUserInfo(), settings.autoRegisterSchemas()),
                        InstantSource.system()))
                .orElseGet(InMemorySchemaRegistry::new);
    }

    private static URI address(String url) {
        if (!url.matches("https?://[^ ,]+")) {
            throw UsageException.of("schema.registry.url", url, "one http:// or https:// address");
        }
        return URI.create(url);
    }
}
