package dev.inkstream.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HeldStoreTest {
    /// Of an entry with an id of one byte.
    private static final long BYTES = TimeIndex.size(id("a"), Entry.BYTES);

    private final KeyValueStore<byte[], byte[]> store = Stores.keyValueStoreBuilder(
                    Stores.inMemoryKeyValueStore("held"), Serdes.ByteArray(), Serdes.ByteArray())
            .withLoggingDisabled()
            .build();

    private final List<String> ended = new ArrayList<>();
    private HeldStore<Entry> held;

    private record Entry(long time, boolean waits) implements Held {
        private static final int BYTES = 2;

        @Override
        public byte[] toBytes() {
            return new byte[] {(byte) time, (byte) (waits ? 1 : 0)};
        }

        private static Entry fromBytes(byte[] bytes) {
            return new Entry(bytes[0], bytes[1] == 1);
        }
    }

    @BeforeEach
    void open() {
        MockProcessorContext<byte[], byte[]> context = new MockProcessorContext<>();
        store.init(context.getStateStoreContext(), store);
        held = new HeldStore<>(store, Entry::fromBytes);
    }

    @Test
    void whatWaitsExpiresFirstAndTheOldestOfIt() {
        hold("a", 3, true);
        hold("b", 1, false);
        hold("c", 2, true);
        hold("d", 4, true);
        held.expire(4, this::remove);
        assertThat(ended).containsExactly("c@2", "a@3", "b@1");
        assertThat(held.get(id("d"))).isEqualTo(new Entry(4, true));
        assertThat(held.get(id("a"))).isNull();
    }

    @Test
    void whatIsSettledIsEvictedBeforeWhatWaits() {
        hold("a", 1, true);
        hold("b", 2, true);
        hold("c", 3, false);
        hold("d", 4, false);
        held.evict(BYTES, this::remove);
        assertThat(ended).containsExactly("c@3", "d@4", "a@1");
        assertThat(held.get(id("b"))).isEqualTo(new Entry(2, true));
    }

    @Test
    void exactlyTheBoundIsAllowed() {
        hold("a", 1, true);
        hold("b", 2, false);
        held.evict(2 * BYTES, this::remove);
        assertThat(ended).isEmpty();
        held.evict(2 * BYTES - 1, this::remove);
        assertThat(ended).containsExactly("b@2");
    }

    /// As a join does whose expired image leaves a mark: later, so that it ends in its turn.
    @Test
    void anEndMayReplaceTheEntry() {
        hold("a", 1, true);
        held.expire(5, (id, entry) -> {
            remove(id, entry);
            if (entry.waits()) {
                held.put(id, null, new Entry(9, false));
            }
        });
        assertThat(ended).containsExactly("a@1");
        assertThat(held.get(id("a"))).isEqualTo(new Entry(9, false));
    }

    @Test
    void aReplacedEntryCountsOnce() {
        hold("a", 1, true);
        held.put(id("a"), new Entry(1, true), new Entry(2, false));
        held.evict(BYTES, this::remove);
        held.expire(2, this::remove);
        assertThat(ended).isEmpty();
        held.expire(3, this::remove);
        assertThat(ended).containsExactly("a@2");
    }

    @Test
    void aRestoredStoreHasTheSameOrderAndBytes() {
        hold("a", 3, true);
        hold("b", 1, false);
        hold("c", 2, true);
        held = new HeldStore<>(store, Entry::fromBytes);
        held.evict(2 * BYTES, this::remove);
        held.expire(9, this::remove);
        assertThat(ended).containsExactly("b@1", "c@2", "a@3");
    }

    @Test
    void seesThatTheStoreWasChangedBesideIt() {
        hold("a", 1, true);
        store.delete(id("a"));
        assertThatIllegalStateException()
                .isThrownBy(() -> held.expire(2, this::remove))
                .withMessage("an id that is indexed is not in the store");
    }

    private void hold(String id, long time, boolean waits) {
        held.put(id(id), null, new Entry(time, waits));
    }

    private void remove(byte[] id, Entry entry) {
        ended.add(new String(id, StandardCharsets.UTF_8) + "@" + entry.time());
        held.remove(id, entry);
    }

    private static byte[] id(String id) {
        return id.getBytes(StandardCharsets.UTF_8);
    }
}
