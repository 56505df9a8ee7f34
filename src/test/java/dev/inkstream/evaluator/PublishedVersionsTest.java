package dev.inkstream.evaluator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkstream.record.ModelVersion;
import dev.inkstream.record.WeightSnapshot;
import dev.inkstream.stream.RememberedRecords;
import dev.inkstream.stream.Samples;
import java.util.Random;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

class PublishedVersionsTest {
    private final KeyValueStore<Long, byte[]> offsets = store();
    private final RememberedRecords log =
            new RememberedRecords(Samples.TOPICS.weightSnapshots().name());
    private final PublishedVersions versions = new PublishedVersions(
            offsets, log, Samples.TOPICS.weightSnapshots().decoder(Samples.SERDES), Samples.FORMAT);

    @Test
    void itIsBoundedWhateverTheNumbers() {
        Random random = new Random(1);
        for (int i = 0; i < PublishedVersions.MAX_VERSIONS + 50; i++) {
            versions.add(id(random.nextLong() & Long.MAX_VALUE), i);
        }
        assertThat(offsets.approximateNumEntries()).isEqualTo(PublishedVersions.MAX_VERSIONS);
        offsets.all()
                .forEachRemaining(entry -> assertThat(PublishedVersions.Location.fromBytes(entry.value)
                                .offset())
                        .isGreaterThanOrEqualTo(50L));
    }

    @Test
    void theNextOneContinuesAndOneThatWasPublishedDoesNot() {
        versions.add(id(7), 100);
        versions.add(id(Long.MAX_VALUE), 101);
        assertThat(versions.continues(version(8))).isTrue();
        assertThat(versions.continues(version(7))).isFalse();
        assertThat(versions.continues(version(9))).isFalse();
        assertThat(versions.continues(version(0))).isFalse();
    }

    /// A topic that was created again has other weights at the same offset, which may have the same number.
    @Test
    void otherWeightsWithTheSameNumberAtTheSameOffsetWereNotPublished() {
        versions.add(id(7), 200);
        assertThat(versions.has(version(7))).isTrue();
        byte[] others = Samples.snapshot(7).parameters().clone();
        others[0] ^= 1;
        WeightSnapshot changed = Samples.withParameters(Samples.snapshot(7), 7, others);
        assertThat(versions.has(Contender.of(changed, 200, Samples.FORMAT))).isFalse();
        log.put(200, Samples.bytes(changed));
        assertThat(versions.find(7)).isEmpty();
        log.put(200, Samples.bytes(Samples.snapshot(7)));
        assertThat(versions.find(7).orElseThrow().offset()).isEqualTo(200);
    }

    private static ModelVersion id(long number) {
        return Samples.withParameters(
                        Samples.snapshot(7), number, Samples.snapshot(7).parameters())
                .id();
    }

    private static Contender version(long number) {
        WeightSnapshot snapshot = Samples.snapshot(number);
        return Contender.of(snapshot, 200, Samples.FORMAT);
    }

    private static KeyValueStore<Long, byte[]> store() {
        MockProcessorContext<Object, Object> context = new MockProcessorContext<>();
        KeyValueStore<Long, byte[]> store = Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore("versions"), Serdes.Long(), Serdes.ByteArray())
                .withLoggingDisabled()
                .build();
        store.init(context.getStateStoreContext(), store);
        return store;
    }
}
