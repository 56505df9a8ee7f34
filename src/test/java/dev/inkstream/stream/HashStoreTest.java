package dev.inkstream.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;

class HashStoreTest {
    private final KeyValueStore<byte[], String> store = open();

    @Test
    void aKeyIsItsBytes() {
        store.put(Samples.text("a"), "1");
        store.put(Samples.text("a"), "2");
        store.put(Samples.text("b"), "3");
        assertThat(store.putIfAbsent(Samples.text("b"), "4")).isEqualTo("3");
        assertThat(store.get(Samples.text("a"))).isEqualTo("2");
        assertThat(store.get(Samples.text("c"))).isNull();
        assertThat(store.approximateNumEntries()).isEqualTo(2);
        assertThat(values()).containsExactly("2", "3");
    }

    @Test
    void aDeletedKeyIsGone() {
        store.put(Samples.text("a"), "1");
        store.put(Samples.text("b"), "2");
        assertThat(store.delete(Samples.text("a"))).isEqualTo("1");
        store.put(Samples.text("b"), null);
        assertThat(values()).isEmpty();
    }

    @Test
    void hasNoRanges() {
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> store.range(Samples.text("a"), Samples.text("b")))
                .withMessage("store s has no ranges");
    }

    /// A cache in front of the store merges its own entries into them.
    @Test
    void givesAllInTheOrderOfTheKeys() {
        // By hash, q comes first.
        for (String key : List.of("c", "q", "b", "d")) {
            store.put(Samples.text(key), key);
        }
        assertThat(values()).containsExactly("b", "c", "d", "q");
        try (KeyValueIterator<byte[], String> all = store.all()) {
            assertThat(all.peekNextKey()).isEqualTo(Samples.text("b"));
            assertThat(all.next().value).isEqualTo("b");
            assertThat(all.peekNextKey()).isEqualTo(Samples.text("c"));
        }
    }

    private List<String> values() {
        List<String> values = new ArrayList<>();
        try (KeyValueIterator<byte[], String> all = store.all()) {
            all.forEachRemaining((KeyValue<byte[], String> next) -> values.add(next.value));
        }
        return values;
    }

    private static KeyValueStore<byte[], String> open() {
        KeyValueStore<byte[], String> store = InMemoryStores.hashed("s", Serdes.ByteArray(), Serdes.String())
                .withLoggingDisabled()
                .build();
        store.init(new MockProcessorContext<byte[], String>().getStateStoreContext(), store);
        return store;
    }
}
