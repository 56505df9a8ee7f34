package dev.inkstream.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.inkstream.record.RestSchemaRegistry.Settings;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RestSchemaRegistryTest {
    private static final Schema SCHEMA =
            SchemaBuilder.record("Thing").fields().requiredInt("x").endRecord();
    private static final String REGISTER = "POST /subjects/things-value/versions";
    private static final String LOOK_UP = "POST /subjects/things-value";

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-24T05:00:00Z"));
    private FakeRegistry server;
    private RestSchemaRegistry registry;

    @BeforeEach
    void start() throws IOException {
        server = new FakeRegistry();
        registry = registry(true);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void registersTheSchemaUnderItsSubject() throws IOException {
        server.answer(REGISTER, 200, "{\"id\":42}");
        assertThat(registry.register("things-value", SCHEMA)).isEqualTo(42);
        assertThat(server.requests()).singleElement().satisfies(request -> {
            assertThat(new ObjectMapper().readTree(request.body()))
                    .isEqualTo(JsonNodeFactory.instance.objectNode().put("schema", SCHEMA.toString()));
            assertThat(request.contentType()).contains("application/vnd.schemaregistry.v1+json");
            assertThat(request.authorization()).isEmpty();
        });
    }

    @Test
    void looksTheSchemaUpWhereItMayNotRegister() {
        server.answer(LOOK_UP, 200, "{\"subject\":\"things-value\",\"version\":3,\"id\":42,\"schema\":\"...\"}");
        assertThat(registry(false).register("things-value", SCHEMA)).isEqualTo(42);
        assertThat(server.lines()).containsExactly(LOOK_UP);
    }

    @Test
    void saysWhatToDoWhereTheSchemaIsNotThereAndItMayNotRegister() {
        assertRefused(
                "schema registry %s has no schema Thing under subject things-value; register it, or set"
                        + " auto.register.schemas=true",
                () -> registry(false).register("things-value", SCHEMA));
    }

    @Test
    void encodesTheSubject() {
        server.answer("POST /subjects/a%20b%2Fc-value/versions", 200, "{\"id\":1}");
        assertThat(registry.register("a b/c-value", SCHEMA)).isEqualTo(1);
    }

    @Test
    void doesNotAskForTheIdItWasJustGiven() {
        server.answer(REGISTER, 200, "{\"id\":42}");
        registry.register("things-value", SCHEMA);
        assertThat(registry.byId(42)).contains(SCHEMA);
        assertThat(server.lines()).containsExactly(REGISTER);
    }

    @Test
    void asksForAnIdOnce() {
        knowsSchema(7);
        assertThat(registry.byId(7)).contains(SCHEMA);
        assertThat(registry.byId(7)).contains(SCHEMA);
        assertThat(server.lines()).containsExactly("GET /schemas/ids/7");
    }

    @Test
    void believesThatAnIdIsUnknownForAWhileOnly() {
        assertThat(registry.byId(7)).isEmpty();
        knowsSchema(7);
        later(Duration.ofSeconds(30).minusNanos(1));
        assertThat(registry.byId(7)).isEmpty();
        assertThat(server.lines()).hasSize(1);
        later(Duration.ofNanos(1));
        assertThat(registry.byId(7)).contains(SCHEMA);
        assertThat(server.lines()).hasSize(2);
    }

    @Test
    void asksAgainAndAgainWhileAnIdStaysUnknown() {
        for (int i = 1; i <= 3; i++) {
            assertThat(registry.byId(7)).isEmpty();
            assertThat(server.lines()).hasSize(i);
            later(Duration.ofSeconds(30));
        }
    }

    @Test
    void doesNotAskForANegativeId() {
        assertThat(registry.byId(-1)).isEmpty();
        assertThat(server.lines()).isEmpty();
    }

    @Test
    void authenticates() {
        server.answer(REGISTER, 200, "{\"id\":1}");
        knowsSchema(7);
        RestSchemaRegistry own =
                new RestSchemaRegistry(new Settings(server.url(), Optional.of("user:pässword"), true), now::get);
        own.register("things-value", SCHEMA);
        own.byId(7);
        assertThat(server.requests())
                .hasSize(2)
                .allSatisfy(request -> assertThat(request.authorization()).contains("Basic dXNlcjpww6Rzc3dvcmQ="));
    }

    @Test
    void keepsThePathOfItsUrl() {
        server.answer("POST /apis/ccompat/v7/subjects/things-value/versions", 200, "{\"id\":5}");
        Settings settings = new Settings(URI.create(server.url() + "/apis/ccompat/v7/"), Optional.empty(), true);
        assertThat(new RestSchemaRegistry(settings, now::get).register("things-value", SCHEMA))
                .isEqualTo(5);
    }

    @Test
    void passesOnWhyTheRegistryRefuses() {
        server.answer(REGISTER, 409, "{\"error_code\":409,\"message\":\"incompatible\"}");
        assertRefused(
                "schema registry %s did not register Thing under things-value: HTTP 409"
                        + " {\"error_code\":409,\"message\":\"incompatible\"}",
                () -> registry.register("things-value", SCHEMA));
    }

    @Test
    void isRefusedWhereThereIsNoSuchPathToRegisterAt() {
        assertRefused(
                "schema registry %s did not register Thing under things-value: HTTP 404 {\"error_code\":404}",
                () -> registry.register("things-value", SCHEMA));
    }

    /// An error says nothing about the id: it must be asked for again at once, and is not taken for unknown.
    @Test
    void aFailureIsNotRemembered() {
        server.answer("GET /schemas/ids/7", 500, "");
        assertRefused("schema registry %s did not give schema 7: HTTP 500 ", () -> registry.byId(7));
        knowsSchema(7);
        assertThat(registry.byId(7)).contains(SCHEMA);
    }

    @Test
    void aPasswordThatIsWrongIsNotAnUnknownId() {
        server.answer("GET /schemas/ids/7", 401, "{\"error_code\":401}");
        assertRefused(
                "schema registry %s did not give schema 7: HTTP 401 {\"error_code\":401}", () -> registry.byId(7));
    }

    @Test
    void somethingThatIsNotJson() {
        server.answer(REGISTER, 200, "<html>");
        assertRefused(
                "schema registry %s answered with something that is not JSON",
                () -> registry.register("things-value", SCHEMA));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "", "[]", "{\"id\":\"1\"}", "{\"id\":1.5}", "{\"id\":4294967296}", "null"})
    void anAnswerWithoutAnId(String body) {
        server.answer(REGISTER, 200, body);
        assertRefused(
                "schema registry %s answered without a schema id", () -> registry.register("things-value", SCHEMA));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "", "{\"schema\":7}", "[]"})
    void anAnswerWithoutASchema(String body) {
        server.answer("GET /schemas/ids/7", 200, body);
        assertRefused("schema registry %s answered without a schema", () -> registry.byId(7));
    }

    /// Registries keep Protobuf and JSON schemas too. A record that names one is a bad record; were it taken for a
    /// failure of the registry, one such record would stop every reader for good.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"schema\":\"\"}",
                "{\"schemaType\":\"PROTOBUF\",\"schema\":\"syntax = \\\"proto3\\\";\"}",
                "{\"schemaType\":\"JSON\",\"schema\":\"{}\"}",
                "{\"schemaType\":\"JSON\",\"schema\":\"{\\\"type\\\":\\\"object\\\"}\"}"
            })
    void aSchemaThatIsNotAvroIsADefectOfTheRecord(String body) {
        server.answer("GET /schemas/ids/7", 200, body);
        assertThat(registry.byId(7)).isEmpty();
        byte[] framed = Contract.frame(7);
        Invalid.assertInvalid(
                Defect.UNKNOWN_SCHEMA,
                "schema id 7 is no Avro schema in the schema registry",
                () -> new AvroSerdes(registry).image().deserializer().deserialize("any", framed));
        assertThat(server.lines()).as("requests").hasSize(1);
    }

    @Test
    void nobodyThere() {
        server.close();
        assertRefused(
                "schema registry %s does not answer (java.net.ConnectException); check schema.registry.url",
                () -> registry.byId(7));
    }

    @Test
    void anAnswerTooLongToBeASchema() {
        server.answer("GET /schemas/ids/7", 200, "x".repeat(4_000_001));
        assertThatExceptionOfType(SchemaRegistryException.class)
                .isThrownBy(() -> registry.byId(7))
                .withMessageStartingWith("schema registry " + server.url() + " does not answer (java.io.IOException: ");
    }

    @Test
    void neverShowsThePassword() {
        Settings settings = new Settings(server.url(), Optional.of("user:secret"), true);
        assertThat(settings).hasToString(server.url().toString());
    }

    @Test
    void standsBehindTheSerdes() {
        Schema image = Contract.schema("ImageRecord");
        server.answer("POST /subjects/inkstream.images-value/versions", 200, "{\"id\":258}");
        server.answer(
                "GET /schemas/ids/258",
                200,
                JsonNodeFactory.instance
                        .objectNode()
                        .put("schema", image.toString())
                        .toString());
        ImageRecord sent = new ImageRecord(1, 1, new byte[] {9}, Instant.EPOCH);
        var serializer = new AvroSerdes(registry).image().serializer();
        byte[] framed = serializer.serialize("inkstream.images", sent);
        assertThat(framed).startsWith(0, 0, 0, 1, 2);
        assertThat(serializer.serialize("inkstream.images", sent)).isEqualTo(framed);
        var deserializer = new AvroSerdes(registry(false)).image().deserializer();
        assertThat(deserializer.deserialize("inkstream.images", framed)).isEqualTo(sent);
        assertThat(deserializer.deserialize("inkstream.images", framed)).isEqualTo(sent);
        assertThat(server.lines())
                .containsExactly("POST /subjects/inkstream.images-value/versions", "GET /schemas/ids/258");
    }

    /// What the registry cannot say now is no defect of the record.
    @Test
    void anOutageIsNotABadRecord() {
        server.close();
        assertThatExceptionOfType(SchemaRegistryException.class)
                .isThrownBy(
                        () -> new AvroSerdes(registry).image().deserializer().deserialize("any", Contract.frame(7)));
    }

    private RestSchemaRegistry registry(boolean autoRegister) {
        return new RestSchemaRegistry(new Settings(server.url(), Optional.empty(), autoRegister), now::get);
    }

    private void knowsSchema(int id) {
        server.answer(
                "GET /schemas/ids/" + id,
                200,
                JsonNodeFactory.instance
                        .objectNode()
                        .put("schema", SCHEMA.toString())
                        .toString());
    }

    private void later(Duration duration) {
        now.updateAndGet(instant -> instant.plus(duration));
    }

    private void assertRefused(String message, ThrowingCallable call) {
        assertThatExceptionOfType(SchemaRegistryException.class)
                .isThrownBy(call)
                .withMessage(message, server.url());
    }
}
