package dev.inkstream.codec;

import static dev.inkstream.codec.Invalid.assertInvalid;
import static dev.inkstream.codec.Registry.GET;
import static dev.inkstream.codec.Registry.REGISTER;
import static dev.inkstream.codec.Registry.SCHEMA;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.inkstream.codec.FakeRegistry.Answer;
import dev.inkstream.record.ImageRecord;
import dev.inkstream.record.LabeledImage;
import dev.inkstream.record.RejectReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a registry that works is asked, and what is made of its answers.
class RestSchemaRegistryTest {
    private static final String LOOK_UP = "POST /subjects/things-value";

    @AutoClose
    private final Registry registry = new Registry();

    private final FakeRegistry server = registry.server;

    @Test
    void registersTheSchemaUnderItsSubject() throws IOException {
        server.answer(REGISTER, 200, "{\"id\":42}");
        assertThat(registry.client.register("things-value", SCHEMA)).isEqualTo(42);
        assertThat(server.requests()).singleElement().satisfies(request -> {
            assertThat(new ObjectMapper().readTree(request.body()))
                    .isEqualTo(JsonNodeFactory.instance.objectNode().put("schema", SCHEMA.toString()));
            assertThat(request.contentType()).contains("application/vnd.schemaregistry.v1+json");
            assertThat(request.authorization()).isEmpty();
        });
    }

    /// A schema that differs from its file is another one to a registry, even by what only Java reads.
    @Test
    void whatIsRegisteredIsTheFile() throws IOException {
        ObjectMapper json = new ObjectMapper();
        AvroSerdes serdes = new AvroSerdes(registry.client);
        server.answer("POST /subjects/p-value/versions", 200, "{\"id\":1}");
        server.answer("POST /subjects/w-value/versions", 200, "{\"id\":2}");
        serdes.register("p", AvroSerdes::prediction).register("w", AvroSerdes::weightSnapshot);
        for (int i = 0; i < 2; i++) {
            assertThat(json.readTree(json.readTree(server.requests().get(i).body())
                            .path("schema")
                            .textValue()))
                    .isEqualTo(json.readTree(Files.readString(Path.of(
                            "schemas", List.of("Prediction", "WeightSnapshot").get(i) + ".avsc"))));
        }
    }

    @Test
    void looksTheSchemaUpWhereItMayNotRegister() {
        server.answer(LOOK_UP, 200, "{\"subject\":\"things-value\",\"version\":3,\"id\":42,\"schema\":\"...\"}");
        assertThat(registry.client(false).register("things-value", SCHEMA)).isEqualTo(42);
        assertThat(server.lines()).containsExactly(LOOK_UP);
    }

    @ParameterizedTest
    @ValueSource(ints = {40401, 40403})
    void saysWhatToDoWhereTheSchemaIsNotThereAndItMayNotRegister(int code) {
        server.answer(LOOK_UP, 404, "{\"error_code\":" + code + ",\"message\":\"not found\"}");
        registry.assertFails(
                "schema registry %s has no schema Thing under subject things-value; register it, or set"
                        + " auto.register.schemas=true",
                () -> registry.client(false).register("things-value", SCHEMA));
        assertThat(registry.time.slept()).isBetween(Duration.ofSeconds(4), Duration.ofMillis(4_700));
    }

    /// It was registered with the leader a moment ago, and a follower lags.
    @ParameterizedTest
    @ValueSource(ints = {40401, 40403})
    void looksTheSchemaUpAgainBeforeItBelievesThatItIsNotThere(int code) {
        Answer missing = Answer.of(404, "{\"error_code\":" + code + ",\"message\":\"not found\"}");
        server.answer(LOOK_UP, missing, missing, missing, Answer.of(200, "{\"id\":42}"));
        assertThat(registry.client(false).register("things-value", SCHEMA)).isEqualTo(42);
        assertThat(registry.time.sleeps()).containsExactly(100L, 200L, 400L);
    }

    /// Each topic has all the time: the one before must not use it up.
    @Test
    void theSchemaOfEachTopicIsWaitedForAsLong() {
        RestSchemaRegistry client = registry.client(false);
        Answer missing = Answer.of(404, FakeRegistry.UNKNOWN);
        for (String topic : List.of("a", "b", "c")) {
            server.answer(
                    "POST /subjects/" + topic,
                    missing,
                    missing,
                    missing,
                    missing,
                    missing,
                    Answer.of(200, "{\"id\":42}"));
            assertThat(client.register(topic, SCHEMA)).isEqualTo(42);
        }
        assertThat(registry.time.slept()).isEqualTo(Duration.ofMillis(3 * 2_500));
    }

    @Test
    void encodesTheSubject() {
        server.answer("POST /subjects/a%20b%2Fc-value/versions", 200, "{\"id\":1}");
        assertThat(registry.client.register("a b/c-value", SCHEMA)).isEqualTo(1);
    }

    @Test
    void registersOnce() {
        server.answer(REGISTER, 200, "{\"id\":42}");
        registry.client.register("things-value", SCHEMA);
        registry.client.register("things-value", SCHEMA);
        assertThat(server.lines()).containsExactly(REGISTER);
    }

    @Test
    void asksForAnIdOnce() {
        server.answer(GET, 200, FakeRegistry.schema(SCHEMA));
        assertThat(registry.client.byId(7)).isEqualTo(SCHEMA);
        assertThat(registry.client.byId(7)).isEqualTo(SCHEMA);
        assertThat(server.lines()).containsExactly(GET);
    }

    /// Topics stay readable where a registry is introduced.
    @Test
    void theIdsWithoutARegistryAreReadWithoutAskingIt() {
        assertThat(registry.client.byId(841346866).getName()).isEqualTo("Prediction");
        assertThat(server.lines()).isEmpty();
    }

    @Test
    void doesNotAskForANegativeId() {
        assertInvalid(
                RejectReason.UNKNOWN_SCHEMA,
                "schema id -1 is negative; it must be an id of the schema registry",
                () -> registry.client.byId(-1));
        assertThat(server.lines()).isEmpty();
    }

    @Test
    void keepsThePathOfItsUrl() {
        server.answer("POST /apis/ccompat/v7/subjects/things-value/versions", 200, "{\"id\":5}");
        assertThat(registry.client(true, server.url() + "/apis/ccompat/v7/").register("things-value", SCHEMA))
                .isEqualTo(5);
    }

    @Test
    void theUserAndPasswordOfAUrlAreSentAndNotShown() {
        server.answer(REGISTER, 200, "{\"id\":1}");
        server.answer(GET, 200, FakeRegistry.schema(SCHEMA));
        String url = server.url().toString().replace("//", "//user:p%C3%A4ssw%40rd@");
        RestSchemaRegistry own = registry.client(true, url);
        own.register("things-value", SCHEMA);
        own.byId(7);
        assertThat(server.requests())
                .hasSize(2)
                .allSatisfy(request -> assertThat(request.authorization()).contains("Basic dXNlcjpww6Rzc3dAcmQ="));
        server.answer("GET /schemas/ids/8", 401, "{\"error_code\":401,\"message\":\"Unauthorized\"}");
        registry.assertFails(
                "schema registry %s answered GET /schemas/ids/8 with HTTP 401 (Unauthorized); give the right user and"
                        + " password (basic.auth.user.info, or in schema.registry.url)",
                () -> own.byId(8));
    }

    @Test
    void settingsShowNoSecret() {
        assertThat(new RestSchemaRegistry.Settings(
                        List.of(RegistryUrl.parse("http://user:secret@r:81/x")),
                        Optional.of("Bearer secret"),
                        Optional.empty(),
                        true))
                .hasToString("[http://r:81/x]");
    }

    @Test
    void passesOnWhyTheRegistryRefuses() {
        server.answer(REGISTER, 409, "{\"error_code\":409,\"message\":\"in\\ncompatible\",\"more\":\"never shown\"}");
        registry.assertFails(
                "schema registry %s did not register Thing under things-value: HTTP 409 (in compatible)",
                () -> registry.client.register("things-value", SCHEMA));
        assertThat(registry.time.sleeps()).isEmpty();
    }

    @Test
    void aLongReasonIsCut() {
        server.answer(REGISTER, 422, "{\"message\":\"" + "x".repeat(5_000) + "\"}");
        registry.assertFails(
                "schema registry %s did not register Thing under things-value: HTTP 422 (" + "x".repeat(200) + "...)",
                () -> registry.client.register("things-value", SCHEMA));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"id\":\"1\"}", "{\"id\":1.5}", "{\"id\":4294967296}"})
    void anAnswerWithoutAnId(String body) {
        server.answer(REGISTER, 200, body);
        registry.assertFails(
                "schema registry %s answered /subjects/things-value/versions without a schema id; check"
                        + " schema.registry.url",
                () -> registry.client.register("things-value", SCHEMA));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"schema\":7}"})
    void anAnswerWithoutASchema(String body) {
        server.answer(GET, 200, body);
        registry.assertFails(
                "schema registry %s answered without a schema; check schema.registry.url",
                () -> registry.client.byId(7));
    }

    @Test
    void standsBehindTheSerdes() {
        server.answer("POST /subjects/inkstream.images-value/versions", 200, "{\"id\":258}");
        server.answer("GET /schemas/ids/258", 200, FakeRegistry.schema(Contract.schema("ImageRecord")));
        ImageRecord sent = new ImageRecord(1, 1, new byte[] {9}, Instant.EPOCH);
        var serializer = new AvroSerdes(registry.client).image().serializer();
        byte[] framed = serializer.serialize("inkstream.images", sent);
        assertThat(framed).startsWith(0, 0, 0, 1, 2);
        assertThat(serializer.serialize("inkstream.images", sent)).isEqualTo(framed);
        var deserializer = new AvroSerdes(registry.client(false)).image().deserializer();
        assertThat(deserializer.deserialize("inkstream.images", framed)).isEqualTo(sent);
        assertThat(deserializer.deserialize("inkstream.images", framed)).isEqualTo(sent);
        assertThat(server.lines())
                .containsExactly("POST /subjects/inkstream.images-value/versions", "GET /schemas/ids/258");
    }

    /// A store's changelog is nobody else's. Those of earlier versions have a registry's ids, and stay readable.
    @Test
    void aStateStoreRegistersNothing() {
        LabeledImage kept = new LabeledImage(new ImageRecord(1, 1, new byte[] {9}, Instant.EPOCH), 3);
        var own = new AvroSerdes(registry.client).forState().labeledImage();
        byte[] framed = own.serializer().serialize("app-holdout-changelog", kept);
        assertThat(framed).startsWith(Contract.frame(1610232941));
        assertThat(own.deserializer().deserialize("app-holdout-changelog", framed))
                .isEqualTo(kept);
        assertThat(server.lines()).isEmpty();

        server.answer("GET /schemas/ids/258", 200, FakeRegistry.schema(Contract.schema("LabeledImage")));
        System.arraycopy(Contract.frame(258), 0, framed, 0, 5);
        assertThat(own.deserializer().deserialize("app-holdout-changelog", framed))
                .isEqualTo(kept);
    }

    @Test
    void aCommandWaitsAsLongAsItSaysForEachSchema() {
        assertThat(RegistryPatience.ofCommand(Duration.ofSeconds(90)))
                .isEqualTo(new RegistryPatience(Duration.ofSeconds(90), Duration.ofSeconds(90), Duration.ofSeconds(4)));
    }

    @Test
    void patienceOfARoleEndsBeforeItsTransaction() {
        assertThat(RegistryPatience.ofRole(Duration.ofSeconds(60), Duration.ofSeconds(10)))
                .isEqualTo(Registry.PATIENCE);
        assertThat(RegistryPatience.ofRole(Duration.ofSeconds(20), Duration.ofMinutes(10)))
                .isEqualTo(new RegistryPatience(Duration.ofSeconds(20), Duration.ofSeconds(60), Duration.ofSeconds(4)));
    }
}
