package dev.inkstream.codec;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.inkstream.codec.FakeRegistry.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/// A client of a fake registry, with a time of its own, and what most tests ask and answer.
public final class Registry implements AutoCloseable {
    public static final RegistryPatience PATIENCE =
            new RegistryPatience(Duration.ofSeconds(60), Duration.ofSeconds(5), Duration.ofSeconds(4));

    public static final Schema SCHEMA =
            SchemaBuilder.record("Thing").fields().requiredInt("x").endRecord();
    public static final String REGISTER = "POST /subjects/things-value/versions";
    public static final String GET = "GET /schemas/ids/7";
    public static final Answer KNOWN = Answer.of(200, FakeRegistry.schema(SCHEMA));
    public static final Answer AWAY = Answer.of(503, "{\"error_code\":50301,\"message\":\"try later\"}");

    public final FakeTime time = new FakeTime();
    public final FakeRegistry server;
    public final List<String> notices = new ArrayList<>();
    public final RestSchemaRegistry client;

    public Registry() {
        server = new FakeRegistry();
        client = client(true);
    }

    public RestSchemaRegistry client(boolean autoRegister) {
        return client(autoRegister, server.url().toString());
    }

    public RestSchemaRegistry client(boolean autoRegister, String... urls) {
        return new RestSchemaRegistry(settings(autoRegister, urls), PATIENCE, time, notices::add);
    }

    /// A client that waits as long as it says, for tests of what happens meanwhile.
    public RestSchemaRegistry clientOf(RegistryPatience patience, RegistryTime clock) {
        return new RestSchemaRegistry(settings(true, server.url().toString()), patience, clock, notices::add);
    }

    private static RestSchemaRegistry.Settings settings(boolean autoRegister, String... urls) {
        return new RestSchemaRegistry.Settings(
                Arrays.stream(urls).map(RegistryUrl::parse).toList(), Optional.empty(), Optional.empty(), autoRegister);
    }

    /// @param message with `%s` for the server's address
    public void assertFails(String message, ThrowingCallable call) {
        assertThatExceptionOfType(SchemaRegistryException.class)
                .isThrownBy(call)
                .withMessage(message, server.url());
    }

    @Override
    public void close() {
        server.close();
    }
}
