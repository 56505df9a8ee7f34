package dev.inkstream.codec;

import static dev.inkstream.codec.Registry.AWAY;
import static dev.inkstream.codec.Registry.GET;
import static dev.inkstream.codec.Registry.SCHEMA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.inkstream.codec.FakeRegistry.Answer;
import dev.inkstream.record.InvalidRecordException;
import dev.inkstream.record.RejectReason;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// One schema can take many requests. A transaction is open meanwhile, so they have one deadline.
class RegistryDeadlineTest {
    private static final Answer UNKNOWN = Answer.of(404, FakeRegistry.UNKNOWN);

    @AutoClose
    private final Registry registry = new Registry();

    private final FakeRegistry server = registry.server;

    @Test
    void anUnknownIdThatIsAskedForAgainHasNoNewPatience() {
        server.answer(GET, AWAY, AWAY, AWAY, AWAY, AWAY, UNKNOWN, AWAY);
        registry.assertFails(
                "schema registry %s answered GET /schemas/ids/7 with HTTP 503 (try later), after retries for 5 s;"
                        + " check that the registry works",
                () -> registry.client.byId(7));
        assertThat(registry.time.slept()).isEqualTo(Duration.ofSeconds(5));
    }

    /// The transaction matters more than the second question.
    @Test
    void anUnknownIdIsNotWaitedForAfterTheEnd() {
        server.answer(GET, AWAY, AWAY, AWAY, AWAY, AWAY, AWAY, UNKNOWN);
        assertThatExceptionOfType(InvalidRecordException.class)
                .isThrownBy(() -> registry.client.byId(7))
                .matches(e -> e.reason() == RejectReason.UNKNOWN_SCHEMA);
        assertThat(registry.time.slept()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void referencesHaveNoNewPatience() {
        refersTo(20);
        for (int i = 0; i < 20; i++) {
            server.answer("GET /subjects/s" + i + "/versions/1", AWAY, AWAY, AWAY, Answer.of(200, referred(i)));
        }
        registry.assertFails(
                "schema registry %s answered GET /subjects/s7/versions/1 with HTTP 503 (try later), after retries"
                        + " for 5 s; check that the registry works",
                () -> registry.client.byId(7));
        assertThat(registry.time.slept()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void aServerThatIsSlowEveryTimeIsNotAskedLonger() {
        refersTo(20);
        for (int i = 0; i < 20; i++) {
            server.answer("GET /subjects/s" + i + "/versions/1", 200, referred(i));
        }
        server.beforeEachAnswer(() -> registry.time.later(Duration.ofMillis(700)));
        registry.assertFails(
                "schema registry %s took more than 5 s for all requests that one schema needs; check that the registry"
                        + " works",
                () -> registry.client.byId(7));
        assertThat(server.lines()).as("requests until 6 s").hasSize(9);
    }

    /// With one that stalls, the others have their turn.
    @Test
    void oneTryTakesHalfOfWhatIsLeftAndTheLastOneASecond() {
        RegistryDeadline deadline = RegistryDeadline.in(Duration.ofSeconds(60), registry.time);
        assertThat(deadline.ofNextTry().left()).isEqualTo(Duration.ofSeconds(10));
        registry.time.later(Duration.ofSeconds(50));
        assertThat(deadline.ofNextTry().left()).isEqualTo(Duration.ofSeconds(5));
        registry.time.later(Duration.ofMillis(9_500));
        assertThat(deadline.ofNextTry().left()).isEqualTo(Duration.ofSeconds(1));
        registry.time.later(Duration.ofSeconds(1));
        assertThat(deadline.left()).isEqualTo(Duration.ofMillis(-500));
        assertThat(deadline.ofNextTry().left()).isEqualTo(Duration.ofMillis(500));
    }

    @Test
    void withoutPatienceThereIsOneTry() {
        RegistryPatience none = new RegistryPatience(Duration.ZERO, Duration.ZERO, Duration.ZERO);
        server.answer(GET, Registry.KNOWN);
        assertThat(registry.clientOf(none, registry.time).byId(7)).isEqualTo(SCHEMA);
    }

    private void refersTo(int schemas) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode().put("schema", "\"int\"");
        ArrayNode references = answer.putArray("references");
        IntStream.range(0, schemas)
                .forEach(i -> references
                        .addObject()
                        .put("name", "S" + i)
                        .put("subject", "s" + i)
                        .put("version", 1));
        server.answer(GET, 200, answer.toString());
    }

    private static String referred(int i) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("schema", "{\"type\":\"fixed\",\"size\":1,\"name\":\"S" + i + "\"}")
                .toString();
    }
}
