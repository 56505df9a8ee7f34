package dev.inkstream.evaluator;

import dev.inkstream.codec.AvroSerdes;
import org.apache.kafka.streams.state.KeyValueStore;

/// What [DecideProcessor] needs to read its stores. Immutable.
record StateAccess(EvaluatorSettings settings, AvroSerdes serdes, SnapshotLog log) {
    ServingStore serving(KeyValueStore<String, byte[]> store) {
        return new ServingStore(store, serdes.forState().weightSnapshot(), settings.format());
    }

    PublishedVersions versions(KeyValueStore<Long, Long> store) {
        return new PublishedVersions(
                store, log, settings.topics().weightSnapshots().decoder(serdes), settings.format());
    }
}
