package dev.inkstream.evaluator;

import dev.inkstream.codec.AvroSerdes;
import dev.inkstream.record.InvalidRecordException;
import dev.inkstream.record.ModelDecision;
import dev.inkstream.record.ModelVersion;
import dev.inkstream.stream.intake.RecordDecoder;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What [DecideProcessor] needs to read its stores. Immutable.
record StateAccess(EvaluatorSettings settings, AvroSerdes serdes, PastRecords.OfModel past) {
    private static final Logger LOG = LoggerFactory.getLogger(StateAccess.class);

    ServingStore serving(KeyValueStore<String, byte[]> store) {
        return new ServingStore(store, serdes.forState().weightSnapshot(), settings.format());
    }

    PublishedVersions versions(KeyValueStore<Long, byte[]> store) {
        return new PublishedVersions(
                store, past.snapshots(), settings.topics().weightSnapshots().decoder(serdes), settings.format());
    }

    /// The state that the store has or, if it has none, what the decisions on the topic come to.
    ServingState load(ServingStore store, PublishedVersions published) {
        return store.load().orElseGet(() -> {
            RecordDecoder<ModelDecision> decoder = settings.topics().ledger(serdes);
            DecisionReplay replay = new DecisionReplay(settings.model());
            past.decisions().all(record -> add(record, decoder, replay));
            replay.last().ifPresent(last -> LOG.warn("this evaluator has no state; it continues after {}", last));
            return replay.state(published, this::lastServed);
        });
    }

    private static void add(
            ConsumerRecord<byte[], byte[]> record, RecordDecoder<ModelDecision> decoder, DecisionReplay replay) {
        try {
            replay.add(decoder.decode(record).value());
        } catch (InvalidRecordException e) {
            LOG.warn("{}@{} is left out: {}", record.topic(), record.offset(), e.getMessage());
        }
    }

    private LastServed lastServed(Set<ModelVersion> wanted) {
        LastServed served = new LastServed(settings, serdes, wanted);
        past.serving().all(served::add);
        return served;
    }
}
