package dev.inkstream.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeIndexTest {
    private static final int ENTRIES = 100_000;

    /// The heap that entries take, in an in-memory store and beside it, against what they are taken for: never more,
    /// and not much less. Others use the heap too, so that of some measurements one must say so. Key lengths of which a
    /// heap of 8-byte words wastes most and least.
    @ParameterizedTest
    @CsvSource({"8, 25", "9, 25", "16, 25", "100, 25", "1024, 17", "36, 1000"})
    void takesTheMemoryThatItSays(int idBytes, int valueBytes) {
        List<Double> ratios = new ArrayList<>();
        do {
            ratios.add(realToEstimated(idBytes, valueBytes));
        } while (!isClose(ratios.getLast()) && ratios.size() < 5);
        assertThat(ratios.getLast()).as("real to estimated: %s", ratios).matches(TimeIndexTest::isClose);
    }

    private static boolean isClose(double ratio) {
        return ratio >= 0.8 && ratio <= 1.02;
    }

    private static double realToEstimated(int idBytes, int valueBytes) {
        MockProcessorContext<byte[], byte[]> context = new MockProcessorContext<>();
        KeyValueStore<byte[], byte[]> store = store(context);
        TimeIndex order = new TimeIndex();
        int entries = ENTRIES * 100 / (100 + idBytes + valueBytes);
        long before = heapUsed();
        for (int i = 0; i < entries; i++) {
            store.put(id(i, idBytes), new byte[valueBytes]);
            order.add(i, id(i, idBytes), valueBytes);
        }
        long taken = heapUsed() - before;
        assertThat(store.approximateNumEntries()).isEqualTo(entries);
        return (double) taken / order.bytes();
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

    private static long heapUsed() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 4; i++) {
            System.gc();
            least = Math.min(
                    least,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return least;
    }
}
