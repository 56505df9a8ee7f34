package dev.inkstream.app.cluster;

import dev.inkstream.app.console.StopSignal;
import dev.inkstream.app.console.UsageException;
import dev.inkstream.codec.InMemorySchemaRegistry;
import dev.inkstream.codec.RegistryPatience;
import dev.inkstream.codec.RegistryTime;
import dev.inkstream.codec.RestSchemaRegistry;
import dev.inkstream.codec.SchemaRegistry;
import java.time.Duration;
import java.util.function.Consumer;

/// The schema registry that the settings name.
public final class SchemaRegistries {
    private SchemaRegistries() {}

    /// The registry at `schema.registry.url`; without that, the one built in, whose ids follow from the schemas
    /// alone, so that processes without a registry understand each other.
    ///
    /// @param patience how long a command waits for each schema; the registry may still be starting
    /// @param stop ends the waiting
    /// @param notices takes a sentence when the registry stops answering; called from any thread
    /// @throws UsageException if a setting of the registry is wrong
    static SchemaRegistry of(KafkaSettings settings, Duration patience, StopSignal stop, Consumer<String> notices) {
        return of(settings, RegistryPatience.ofCommand(patience), until(stop), notices);
    }

    /// The same for a role. While it runs, it waits no longer than its transactions can stay open.
    ///
    /// @param patience how long to wait at the start
    /// @param stop ends the waiting
    /// @param notices takes a sentence when the registry stops answering; called from any thread
    /// @throws UsageException if a setting of the registry is wrong
    public static SchemaRegistry ofRole(
            KafkaSettings settings, Duration patience, StopSignal stop, Consumer<String> notices) {
        return of(settings, RegistryPatience.ofRole(patience, settings.transactionTimeout()), until(stop), notices);
    }

    private static SchemaRegistry of(
            KafkaSettings settings, RegistryPatience patience, RegistryTime time, Consumer<String> notices) {
        return new RegistryProperties(settings)
                .parse()
                .<SchemaRegistry>map(registry -> new RestSchemaRegistry(registry, patience, time, notices))
                .orElseGet(InMemorySchemaRegistry::new);
    }

    private static RegistryTime until(StopSignal stop) {
        return new RegistryTime() {
            @Override
            public long nanos() {
                return System.nanoTime();
            }

            @Override
            public void sleep(Duration duration) throws InterruptedException {
                if (stop.await(duration)) {
                    throw new InterruptedException("stopped while waiting for the schema registry");
                }
            }
        };
    }
}
