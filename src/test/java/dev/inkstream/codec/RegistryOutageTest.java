package dev.inkstream.codec;

import static dev.inkstream.codec.Registry.AWAY;
import static dev.inkstream.codec.Registry.GET;
import static dev.inkstream.codec.Registry.KNOWN;
import static dev.inkstream.codec.Registry.REGISTER;
import static dev.inkstream.codec.Registry.SCHEMA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.inkstream.codec.FakeRegistry.Answer;
import java.io.IOException;
import java.time.Duration;
import org.apache.kafka.common.errors.InterruptException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A registry that does not work says nothing about a record: it is asked again, for a while, and then nothing of
/// the record is lost.
class RegistryOutageTest {
    @AutoClose
    private final Registry registry = new Registry();

    private final FakeRegistry server = registry.server;

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 502, 503, 504})
    void isAskedAgainUntilItAnswers(int status) {
        Answer away = Answer.of(status, "{\"message\":\"try later\"}");
        server.answer(GET, away, away, away, KNOWN);
        assertThat(registry.client.byId(7)).isEqualTo(SCHEMA);
        assertThat(registry.time.sleeps()).containsExactly(100L, 200L, 400L);
        assertThat(registry.notices)
                .containsExactly("schema registry " + server.url() + " answered GET /schemas/ids/7 with HTTP " + status
                        + " (try later); asking again for 5 s");
    }

    @Test
    void endsWithOneSentenceWhenPatienceEnds() {
        server.answer(GET, AWAY);
        registry.assertFails(
                "schema registry %s answered GET /schemas/ids/7 with HTTP 503 (try later), after retries for 5 s;"
                        + " check that the registry works",
                () -> registry.client.byId(7));
        assertThat(registry.time.slept()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void registeringHasAMinute() {
        server.answer(REGISTER, AWAY);
        registry.assertFails(
                "schema registry %s answered POST /subjects/things-value/versions with HTTP 503 (try later), after"
                        + " retries for 60 s; check that the registry works",
                () -> registry.client.register("things-value", SCHEMA));
        assertThat(registry.time.slept()).isEqualTo(Duration.ofSeconds(60));
        assertThat(registry.time.sleeps()).startsWith(100L, 200L, 400L, 800L, 1_600L, 3_200L, 5_000L, 5_000L);
    }

    /// What it says about the record is nothing: not even for a while may the id count as unknown.
    @Test
    void isNotRemembered() {
        server.answer(GET, AWAY);
        assertThatExceptionOfType(SchemaRegistryException.class).isThrownBy(() -> registry.client.byId(7));
        server.answer(GET, KNOWN);
        assertThat(registry.client.byId(7)).isEqualTo(SCHEMA);
    }

    /// A page of a proxy, an address that is no registry's, and whatever else is not the registry's own 40403.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html>default backend - 404</html>",
                "",
                "\"Not Found\"",
                "{\"error_code\":404,\"message\":\"HTTP 404 Not Found\"}",
                "{\"detail\":\"Not Found\"}"
            })
    void any404ThatIsNotTheRegistrysOwnIsAnOutage(String body) {
        server.answer(GET, 404, body);
        assertThatExceptionOfType(SchemaRegistryException.class)
                .isThrownBy(() -> registry.client.byId(7))
                .withMessageMatching("schema registry http://127.0.0.1:[0-9]+ answered GET /schemas/ids/7 with HTTP"
                        + " 404( \\(HTTP 404 Not Found\\))?, which is not a registry's answer, after"
                        + " retries for 5 s; check schema.registry.url and its path");
        server.answer(GET, KNOWN);
        assertThat(registry.client.byId(7)).isEqualTo(SCHEMA);
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>please log in</html>", "", "[]", "null", "7"})
    void anAnswerThatIsNoJsonObjectIsAnOutage(String body) {
        server.answer(GET, Answer.of(200, body), KNOWN);
        assertThat(registry.client.byId(7)).isEqualTo(SCHEMA);
        server.answer(REGISTER, 200, body);
        registry.assertFails(
                "schema registry %s answered POST /subjects/things-value/versions with something that is not a JSON"
                        + " object, after retries for 60 s; check schema.registry.url and its path",
                () -> registry.client.register("things-value", SCHEMA));
    }

    @ParameterizedTest
    @CsvSource({"2, 2000", "0, 100", "3600, 5000", "'Wed, 21 Oct 2026 07:28:00 GMT', 100"})
    void waitsAsLongAsTheServerAsksWithinPatience(String retryAfter, long firstSleep) {
        server.answer(GET, new Answer(429, "", "Retry-After: " + retryAfter), KNOWN);
        assertThat(registry.client.byId(7)).isEqualTo(SCHEMA);
        assertThat(registry.time.sleeps()).containsExactly(firstSleep);
    }

    @Test
    void nobodyThere() {
        server.close();
        registry.assertFails(
                "schema registry %s does not answer (it refuses the connection), after retries for 5 s; check"
                        + " schema.registry.url and that the registry runs",
                () -> registry.client.byId(7));
        assertThatExceptionOfType(SchemaRegistryException.class)
                .as("no fault of the record")
                .isThrownBy(() ->
                        new AvroSerdes(registry.client).image().deserializer().deserialize("any", Contract.frame(7)));
    }

    @Test
    void aHostThatIsUnknown() {
        assertThatExceptionOfType(SchemaRegistryException.class)
                .isThrownBy(
                        () -> registry.client(true, "http://registry.invalid:1").byId(7))
                .withMessage("schema registry http://registry.invalid:1 does not answer (its host is unknown), after"
                        + " retries for 5 s; check schema.registry.url and that the registry runs");
    }

    /// No registry answers a page: nothing is known of the schema.
    @Test
    void aLongPageIsNeitherReadNorShown() {
        server.answer(GET, 200, "<".repeat(1_000_001));
        registry.assertFails(
                "schema registry %s answered GET /schemas/ids/7 with something that is not a JSON object, after"
                        + " retries for 5 s; check schema.registry.url and its path",
                () -> registry.client.byId(7));
    }

    /// The timeout of the JDK's client ends with the headers.
    @Test
    @Timeout(30)
    void aServerThatStallsInTheBodyIsAskedAgain() {
        server.answer(GET, Answer.stalled(200, "{\"sch"), KNOWN);
        assertThat(registry.clientOf(ofLookUp(Duration.ofSeconds(4)), RegistryTime.system())
                        .byId(7))
                .isEqualTo(SCHEMA);
        assertThat(registry.notices)
                .containsExactly("schema registry " + server.url() + " does not answer (it took too long); asking again"
                        + " for 1 s");
    }

    @Test
    @Timeout(30)
    void aServerThatStallsInEveryBodyEndsWhenPatienceEnds() {
        server.answer(GET, Answer.stalled(200, "{\"sch"));
        RestSchemaRegistry client = registry.clientOf(ofLookUp(Duration.ofSeconds(1)), RegistryTime.system());
        registry.assertFails(
                "schema registry %s does not answer (it took too long), after retries for 1 s; check"
                        + " schema.registry.url and that the registry runs",
                () -> client.byId(7));
    }

    @Test
    @Timeout(30)
    void anInterruptEndsTheWaitingForABody() {
        server.answer(GET, Answer.stalled(200, "{\"sch"));
        Thread reader = Thread.currentThread();
        server.beforeEachAnswer(reader::interrupt);
        RestSchemaRegistry client = registry.clientOf(ofLookUp(Duration.ofMinutes(5)), RegistryTime.system());
        assertThatExceptionOfType(InterruptException.class).isThrownBy(() -> client.byId(7));
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void theNextServerIsAskedAtOnceAndStaysTheFirst() throws IOException {
        try (FakeRegistry other = new FakeRegistry()) {
            server.answer(GET, AWAY);
            other.answer(GET, KNOWN);
            other.answer(REGISTER, 200, "{\"id\":42}");
            RestSchemaRegistry both =
                    registry.client(true, server.url().toString(), other.url().toString());
            assertThat(both.byId(7)).isEqualTo(SCHEMA);
            assertThat(both.register("things-value", SCHEMA)).isEqualTo(42);
            assertThat(server.lines()).hasSize(1);
            assertThat(registry.time.sleeps()).isEmpty();
        }
    }

    @Test
    void whenAllServersAreAwayAllAreNamed() throws IOException {
        try (FakeRegistry other = new FakeRegistry()) {
            server.answer(GET, AWAY);
            other.answer(GET, AWAY);
            RestSchemaRegistry both =
                    registry.client(true, server.url().toString(), other.url().toString());
            assertThatExceptionOfType(SchemaRegistryException.class)
                    .isThrownBy(() -> both.byId(7))
                    .withMessageStartingWith("schema registry " + server.url() + ", " + other.url() + " answered");
            assertThat(server.lines()).hasSameSizeAs(other.lines());
            assertThat(registry.time.slept()).isEqualTo(Duration.ofSeconds(5));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 308})
    void aRedirectOnTheSameServerIsFollowedWithMethodAndBody(int status) {
        server.answer(REGISTER, new Answer(status, "", "Location: /v1/subjects/things-value/versions"));
        server.answer("POST /v1/subjects/things-value/versions", 200, "{\"id\":42}");
        assertThat(registry.client.register("things-value", SCHEMA)).isEqualTo(42);
        assertThat(server.requests().getLast().body())
                .isEqualTo(server.requests().getFirst().body())
                .contains("Thing");
    }

    /// Credentials are for the server they were given for.
    @Test
    void aRedirectToAnotherServerIsNamedAndNotFollowed() throws IOException {
        try (FakeRegistry other = new FakeRegistry()) {
            server.answer(GET, new Answer(308, "", "Location: " + other.url() + "/x?token=secret"));
            registry.assertFails(
                    "schema registry %s redirects to " + other.url() + "; set schema.registry.url to that",
                    () -> registry.client.byId(7));
            assertThat(other.lines()).isEmpty();
        }
    }

    @Test
    void aRedirectInACircleEnds() {
        server.answer(GET, new Answer(307, "", "Location: /schemas/ids/7"));
        registry.assertFails(
                "schema registry %s redirects more than 5 times; check schema.registry.url",
                () -> registry.client.byId(7));
        assertThat(server.lines()).hasSize(6);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void aLoginThatIsRefusedIsNotTriedAgain(int status) {
        server.answer(GET, status, "<html>no</html>");
        registry.assertFails(
                "schema registry %s answered GET /schemas/ids/7 with HTTP " + status + "; give the right user and"
                        + " password (basic.auth.user.info, or in schema.registry.url)",
                () -> registry.client.byId(7));
        assertThat(server.lines()).hasSize(1);
    }

    @Test
    void aStopEndsTheWaiting() {
        server.answer(GET, AWAY);
        RegistryTime stopping = new RegistryTime() {
            @Override
            public long nanos() {
                return 0;
            }

            @Override
            public void sleep(Duration duration) throws InterruptedException {
                throw new InterruptedException("stop");
            }
        };
        RestSchemaRegistry client = registry.clientOf(Registry.PATIENCE, stopping);
        assertThatExceptionOfType(InterruptException.class).isThrownBy(() -> client.byId(7));
        assertThat(Thread.interrupted()).isTrue();
    }

    private static RegistryPatience ofLookUp(Duration patience) {
        return new RegistryPatience(patience, patience, Duration.ZERO);
    }
}
