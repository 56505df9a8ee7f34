package dev.inkstream.record;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/// A client of a fake registry, with a time of its own.
final class Registry implements AutoCloseable {
    static final RegistryPatience PATIENCE =
            new RegistryPatience(Duration.ofSeconds(60), Duration.ofSeconds(5), Duration.ofSeconds(4));

    final FakeTime time = new FakeTime();
    final FakeRegistry server;
    final List<String> notices = new ArrayList<>();
    final RestSchemaRegistry client;

    Registry() throws IOException {
        server = new FakeRegistry();
        client = client(true);
    }

    RestSchemaRegistry client(boolean autoRegister) {
        return client(autoRegister, server.url().toString());
    }

    RestSchemaRegistry client(boolean autoRegister, String... urls) {
        return new RestSchemaRegistry(
                new RestSchemaRegistry.Settings(
                        Arrays.stream(urls).map(RegistryUrl::parse).toList(),
                        Optional.empty(),
                        Optional.empty(),
                        autoRegister),
                PATIENCE,
                time,
                notices::add);
    }

    /// @param message with `%s` for the server's address
    void assertFails(String message, ThrowingCallable call) {
        assertThatExceptionOfType(SchemaRegistryException.class)
                .isThrownBy(call)
                .withMessage(message, server.url());
    }

    @Override
    public void close() {
        server.close();
    }
}
