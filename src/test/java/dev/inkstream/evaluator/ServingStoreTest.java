package dev.inkstream.evaluator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkstream.evaluator.ServingState.Kept;
import dev.inkstream.record.ModelDecision.Mode;
import dev.inkstream.record.Sha256;
import dev.inkstream.stream.CountingStore;
import dev.inkstream.stream.PinnedState;
import dev.inkstream.stream.Samples;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;

/// What outlives an evaluator about what serves.
class ServingStoreTest {
    private static final Kept KEPT =
            new Kept(new Trial(Trial.Kind.CHALLENGE, 300, 9, 4), Mode.HELD, 70, 12, Map.of("challenger", 3L));

    private static final PinnedState NUMBERS = new PinnedState(
            "Serving.1",
            "evaluator's state of what serves",
            ServingStore.bytes(KEPT),
            bytes -> ServingStore.bytes(ServingStore.numbers(bytes)));

    private static final PinnedState VERSION = new PinnedState(
            "ServingVersion.1",
            "evaluator's state of a version",
            new ServingStore.Stored(300, new byte[] {1, 2, 3}).toBytes(),
            bytes -> ServingStore.Stored.fromBytes(bytes).toBytes());

    private static final PinnedState LOCATION = new PinnedState(
            "PublishedLocation.1",
            "evaluator's state of where a version is",
            new PublishedVersions.Location(300, Sha256.of(new byte[] {1, 2, 3})).toBytes(),
            bytes -> PublishedVersions.Location.fromBytes(bytes).toBytes());

    private static final PinnedState COMMANDS = new PinnedState(
            "CarriedOut.1",
            "evaluator's state of commands carried out",
            commands("a", "b").toBytes(),
            bytes -> CarriedOut.fromBytes(bytes).toBytes());

    private final MockProcessorContext<?, ?> context = new MockProcessorContext<>();
    private final KeyValueStore<String, byte[]> kept =
            CountingStore.of(EvaluatorTopology.SERVING, Serdes.String(), context.getStateStoreContext());

    @Test
    void isTheSameForEver() throws IOException {
        for (PinnedState state : List.of(NUMBERS, VERSION, LOCATION, COMMANDS)) {
            state.check();
        }
        NUMBERS.aKindThatIsNoneIsRefused();
    }

    /// A restarted evaluator goes by the same state, and so decides the same.
    @Test
    void aRestartFindsAllOfIt() {
        ServingState state = new ServingState(new CarriedOut());
        state.serve(version(1));
        state.serve(version(2));
        state.best(version(1));
        state.run(version(1), Trial.Kind.WATCH);
        state.await(version(3));
        state.newest(3);
        state.mode(Mode.HELD);
        state.aliases().put("challenger", 3L);
        assertThat(state.number()).isZero();
        state.carriedOut().add("a");
        store().save(state);
        assertSame(state, store().load().orElseThrow());

        ServingStore again = store();
        ServingState restarted = again.load().orElseThrow();
        restarted.restore(version(1));
        restarted.endTrial();
        restarted.await(null);
        again.save(restarted);
        assertSame(restarted, store().load().orElseThrow());
        assertThat(store().load().orElseThrow().before()).isEmpty();
        assertThat(store().load().orElseThrow().waiting()).isEmpty();
    }

    @Test
    void itForgetsTheOldestCommands() {
        CarriedOut carriedOut = commands("a", "b");
        for (int i = 0; i < CarriedOut.MAX_COMMANDS - 1; i++) {
            carriedOut.add("c" + i);
        }
        assertThat(carriedOut.has("a")).isFalse();
        assertThat(CarriedOut.fromBytes(carriedOut.toBytes()).has("b")).isTrue();
    }

    private static CarriedOut commands(String... ids) {
        CarriedOut carriedOut = new CarriedOut();
        List.of(ids).forEach(carriedOut::add);
        return carriedOut;
    }

    private static void assertSame(ServingState expected, ServingState found) {
        assertThat(found.kept()).isEqualTo(expected.kept());
        assertThat(found.carriedOut().toBytes()).isEqualTo(expected.carriedOut().toBytes());
        for (ServingState.Place place : ServingState.Place.values()) {
            assertThat(found.at(place).map(Contender::snapshot))
                    .as("%s", place)
                    .isEqualTo(expected.at(place).map(Contender::snapshot));
            assertThat(found.at(place).map(Contender::offset))
                    .isEqualTo(expected.at(place).map(Contender::offset));
        }
        assertThat(Optional.of(found.standing())).hasValue(expected.standing());
    }

    private ServingStore store() {
        return new ServingStore(kept, Samples.SERDES.forState().weightSnapshot(), Samples.FORMAT);
    }

    private static Contender version(long number) {
        return Contender.of(Samples.snapshot(number), 10 + number, Samples.FORMAT);
    }
}
