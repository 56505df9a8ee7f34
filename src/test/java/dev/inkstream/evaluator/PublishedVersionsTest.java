package dev.inkstream.evaluator;

import static org.assertj.core.api.Assertions.assertThat;

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
    private final KeyValueStore<Long, Long> offsets = store();
    private final PublishedVersions versions = new PublishedVersions(
            offsets,
            new RememberedRecords(Samples.TOPICS.weightSnapshots().name()),
            Samples.TOPICS.weightSnapshots().decoder(Samples.SERDES),
            Samples.FORMAT);

    @Test
    void itIsBoundedWhateverTheNumbers() {
        Random random = new Random(1);
        for (int i = 0; i < PublishedVersions.MAX_VERSIONS + 50; i++) {
            versions.add(random.nextLong() & Long.MAX_VALUE, i);
        }
        assertThat(offsets.approximateNumEntries()).isEqualTo(PublishedVersions.MAX_VERSIONS);
        offsets.all().forEachRemaining(entry -> assertThat(entry.value).isGreaterThanOrEqualTo(50L));
    }

    @Test
    void theNextOneContinuesAndOneThatWasPublishedDoesNot() {
        versions.add(7, 100);
        versions.add(Long.MAX_VALUE, 101);
        assertThat(versions.continues(version(8))).isTrue();
        assertThat(versions.continues(version(7))).isFalse();
        assertThat(versions.continues(version(9))).isFalse();
        assertThat(versions.continues(version(0))).isFalse();
    }

    private static Contender version(long number) {
        WeightSnapshot snapshot = Samples.snapshot(number);
        return Contender.of(snapshot, 200, Samples.FORMAT);
    }

    private static KeyValueStore<Long, Long> store() {
        MockProcessorContext<Object, Object> context = new MockProcessorContext<>();
        KeyValueStore<Long, Long> store = Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore("versions"), Serdes.Long(), Serdes.Long())
                .withLoggingDisabled()
                .build();
        store.init(context.getStateStoreContext(), store);
        return store;
    }
}
