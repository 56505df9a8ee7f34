package dev.inkstream.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openjdk.jol.info.GraphLayout;

class TimeIndexTest {
    private static final int ENTRIES = 1_000;

    static {
        // JOL reads them once: it must look into records and lambdas, and needs no agent for that.
        System.setProperty("jol.magicFieldOffset", "true");
        System.setProperty("jol.skipDynamicAttach", "true");
    }

    /// The objects that another thousand entries take, in an in-memory store and in the index, compared with the
    /// estimate: never more, and not much less. Key lengths of which a heap of 8-byte words wastes most and least.
    @ParameterizedTest
    @CsvSource({"8, 25", "9, 25", "16, 25", "100, 25", "1024, 17", "36, 1000"})
    void takesTheMemoryThatItSays(int idBytes, int valueBytes) {
        KeyValueStore<byte[], byte[]> store = store(new MockProcessorContext<>());
        TimeIndex order = new TimeIndex();
        long taken = 0;
        for (int i = 0; i < 2 * ENTRIES; i++) {
            if (i == ENTRIES) {
                taken = bytes(store, order);
            }
            store.put(id(i, idBytes), new byte[valueBytes]);
            order.add(i, id(i, idBytes), valueBytes);
        }
        taken = bytes(store, order) - taken;
        assertThat((double) taken / ENTRIES / TimeIndex.size(new byte[idBytes], valueBytes))
                .isBetween(0.93, 1.0);
    }

    private static long bytes(Object... roots) {
        return GraphLayout.parseInstance(roots).totalSize();
    }

    @Test
    void theOldestIsFirstAndOfOneTimeTheFirstById() {
        TimeIndex order = new TimeIndex();
        order.add(2, Samples.text("a"), 10);
        order.add(1, Samples.text("c"), 10);
        order.add(1, new byte[] {-1}, 10);
        order.add(1, Samples.text("b"), 10);
        for (String id : new String[] {"b", "c"}) {
            assertThat(order.oldest().orElseThrow().id()).isEqualTo(Samples.text(id));
            order.remove(1, Samples.text(id));
        }
        assertThat(order.oldest().orElseThrow().id()).isEqualTo(new byte[] {-1});
        order.remove(1, new byte[] {-1});
        order.remove(2, Samples.text("a"));
        assertThat(order.oldest()).isEmpty();
        assertThat(order.bytes()).isZero();
    }

    @Test
    void seesThatItDisagreesWithTheStore() {
        TimeIndex order = new TimeIndex();
        order.add(1, Samples.text("a"), 10);
        assertThatIllegalStateException().isThrownBy(() -> order.add(1, Samples.text("a"), 10));
        assertThatIllegalStateException().isThrownBy(() -> order.remove(2, Samples.text("a")));
    }

    private static byte[] id(int i, int bytes) {
        return "%08d".formatted(i).concat("x".repeat(bytes - 8)).getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    private static KeyValueStore<byte[], byte[]> store(MockProcessorContext<byte[], byte[]> context) {
        KeyValueStore<byte[], byte[]> store = Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore("store"), Serdes.ByteArray(), Serdes.ByteArray())
                .withLoggingDisabled()
                .build();
        store.init(context.getStateStoreContext(), store);
        return store;
    }
}
