package dev.inkstream.codec;

import static dev.inkstream.codec.Invalid.assertInvalid;
import static dev.inkstream.codec.Registry.GET;
import static dev.inkstream.codec.Registry.KNOWN;
import static dev.inkstream.codec.Registry.SCHEMA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.inkstream.codec.FakeRegistry.Answer;
import dev.inkstream.record.InvalidRecordException;
import dev.inkstream.record.RejectReason;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// Ids of which the registry says that it has no schema: it may be a follower that lags, and it may be a flood.
class UnknownIdsTest {
    private static final Answer UNKNOWN = Answer.of(404, FakeRegistry.UNKNOWN);

    @AutoClose
    private final Registry registry = new Registry();

    private final FakeRegistry server = registry.server;

    @Test
    void areAskedForAgainBeforeTheyAreBelieved() {
        server.answer(GET, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, KNOWN);
        assertThat(registry.client.byId(7)).isEqualTo(SCHEMA);
        assertThat(registry.time.sleeps()).containsExactly(100L, 200L, 400L, 800L);
    }

    @Test
    void areBelievedAfterFourSecondsForHalfAMinute() {
        String message = "schema registry " + server.url() + " has no schema of id 7";
        assertInvalid(RejectReason.UNKNOWN_SCHEMA, message, () -> registry.client.byId(7));
        assertThat(registry.time.slept()).isBetween(Duration.ofSeconds(4), Duration.ofMillis(4_700));
        int asked = server.lines().size();
        server.answer(GET, KNOWN);
        registry.time.later(Duration.ofSeconds(30).minusNanos(1));
        assertInvalid(RejectReason.UNKNOWN_SCHEMA, message, () -> registry.client.byId(7));
        assertThat(server.lines()).hasSize(asked);
        registry.time.later(Duration.ofNanos(1));
        assertThat(registry.client.byId(7)).isEqualTo(SCHEMA);
    }

    /// One server that lags is no reason to ask the same one again.
    @Test
    void theNextServerIsAsked() throws IOException {
        try (FakeRegistry leader = new FakeRegistry()) {
            leader.answer(GET, KNOWN);
            assertThat(registry.client(
                                    true, server.url().toString(), leader.url().toString())
                            .byId(7))
                    .isEqualTo(SCHEMA);
            assertThat(server.lines()).hasSize(1);
        }
    }

    @Test
    void anOutageInBetweenIsNoAnswer() {
        server.answer(GET, UNKNOWN, Answer.of(503, ""));
        assertThatExceptionOfType(SchemaRegistryException.class).isThrownBy(() -> registry.client.byId(7));
        server.answer(GET, KNOWN);
        assertThat(registry.client.byId(7)).isEqualTo(SCHEMA);
    }

    /// The second of two is asked for once, since the waiting of half a minute is spent; so it is asked for again
    /// a second later.
    @Test
    void whatWasAskedForOnceIsDoubtedAfterASecond() {
        assertUnknown(6);
        assertUnknown(7);
        assertThat(server.lines()).filteredOn(GET::equals).hasSize(1);
        server.answer(GET, KNOWN);
        assertUnknown(7);
        registry.time.later(Duration.ofSeconds(1));
        assertThat(registry.client.byId(7)).isEqualTo(SCHEMA);
    }

    @Test
    void aFloodOfThemCostsALimitedTimeAndLimitedQuestions() {
        for (int id = 1_000; id < 101_000; id++) {
            assertUnknown(id);
        }
        assertThat(registry.time.slept()).isLessThan(Duration.ofSeconds(5));
        assertThat(server.lines()).hasSizeBetween(600, 700);
        assertInvalid(
                RejectReason.UNKNOWN_SCHEMA,
                "schema id 7 was not looked up: too many records name ids that the schema registry does not have (600"
                        + " in a minute)",
                () -> registry.client.byId(7));
        server.answer(GET, KNOWN);
        registry.time.later(Duration.ofSeconds(1));
        assertThat(registry.client.byId(7)).isEqualTo(SCHEMA);
    }

    private void assertUnknown(int id) {
        assertThatExceptionOfType(InvalidRecordException.class)
                .isThrownBy(() -> registry.client.byId(id))
                .matches(e -> e.reason() == RejectReason.UNKNOWN_SCHEMA);
    }
}
