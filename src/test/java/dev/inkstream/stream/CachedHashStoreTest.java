package dev.inkstream.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A [HashStore] behind a cache, which holds what changed since the last commit. The driver commits after each record.
class CachedHashStoreTest {
    private static final String CHANGELOG = Pipeline.APPLICATION + "-s-changelog";

    private final Pipeline pipeline = new Pipeline(topology());
    private Consumer<KeyValueStore<byte[], String>> step = store -> {};

    @AfterEach
    void close() {
        pipeline.close();
    }

    @Test
    void changesSinceTheCommitAreMergedInTheOrderOfTheKeys() {
        // By hash, q comes first.
        inOneCommit(store -> List.of("b", "q", "f", "d").forEach(key -> put(store, key, "old")));
        inOneCommit(store -> {
            List.of("e", "a", "d").forEach(key -> put(store, key, "new"));
            assertThat(store.delete(Samples.text("f"))).isEqualTo("old");
            assertThat(all(store)).containsExactly("a new", "b old", "d new", "e new", "q old");
            assertThat(get(store, "b")).isEqualTo("old");
            assertThat(get(store, "d")).isEqualTo("new");
            assertThat(get(store, "f")).isNull();
        });
        inOneCommit(store -> {
            assertThat(all(store)).containsExactly("a new", "b old", "d new", "e new", "q old");
            assertThat(get(store, "f")).isNull();
        });
    }

    @Test
    void aKeyThatIsDeletedAndPutAgainIsThere() {
        inOneCommit(store -> put(store, "a", "old"));
        inOneCommit(store -> {
            assertThat(store.putIfAbsent(Samples.text("a"), "other")).isEqualTo("old");
            assertThat(store.delete(Samples.text("a"))).isEqualTo("old");
            assertThat(store.putIfAbsent(Samples.text("a"), "new")).isNull();
        });
        inOneCommit(store -> assertThat(all(store)).containsExactly("a new"));
    }

    @Test
    void aCommitWritesTheLastChangeOfEachKeyToTheChangelog() {
        inOneCommit(store -> {
            put(store, "a", "1");
            put(store, "b", "2");
            put(store, "a", "3");
        });
        assertThat(changelog()).containsExactlyInAnyOrder("a 3", "b 2");
        inOneCommit(store -> store.delete(Samples.text("b")));
        assertThat(changelog()).containsExactly("b deleted");
    }

    @Test
    void theChangelogRestoresAllThatWasCommitted() {
        inOneCommit(store -> List.of("b", "a", "c").forEach(key -> put(store, key, "old")));
        inOneCommit(store -> {
            put(store, "b", "new");
            store.delete(Samples.text("c"));
        });
        HashStore restored = new HashStore("s");
        RestoringContext context = new RestoringContext();
        restored.init(context, restored);
        pipeline.raw(CHANGELOG).forEach(record -> context.restore(record.key(), record.value()));

        List<String> entries = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> all = restored.all()) {
            all.forEachRemaining(entry -> entries.add(text(entry.key.get()) + " " + text(entry.value)));
        }
        assertThat(entries).containsExactly("a old", "b new");
    }

    private void inOneCommit(Consumer<KeyValueStore<byte[], String>> changes) {
        step = changes;
        pipeline.pipe("in", Samples.text("key"), Samples.text("value"));
    }

    private List<String> changelog() {
        return pipeline.raw(CHANGELOG).stream()
                .map(record -> text(record.key()) + " " + (record.value() == null ? "deleted" : text(record.value())))
                .toList();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static List<String> all(KeyValueStore<byte[], String> store) {
        List<String> all = new ArrayList<>();
        try (KeyValueIterator<byte[], String> entries = store.all()) {
            entries.forEachRemaining(entry -> all.add(text(entry.key) + " " + entry.value));
        }
        return all;
    }

    private static void put(KeyValueStore<byte[], String> store, String key, String value) {
        store.put(Samples.text(key), value);
    }

    private static String get(KeyValueStore<byte[], String> store, String key) {
        return store.get(Samples.text(key));
    }

    private Topology topology() {
        Topology topology = new Topology();
        topology.addSource("read", new ByteArrayDeserializer(), new ByteArrayDeserializer(), "in");
        topology.addProcessor("change", Changes::new, "read");
        topology.addStateStore(InMemoryStores.hashedAndCached("s", Serdes.ByteArray(), Serdes.String()), "change");
        return topology;
    }

    /// Runs the step of the test for a record.
    private final class Changes implements Processor<byte[], byte[], Void, Void> {
        private KeyValueStore<byte[], String> store;

        @Override
        public void init(ProcessorContext<Void, Void> context) {
            store = context.getStateStore("s");
        }

        @Override
        public void process(Record<byte[], byte[]> record) {
            step.accept(store);
        }
    }
}
