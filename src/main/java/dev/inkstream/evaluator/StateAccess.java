package dev.inkstream.evaluator;

import dev.inkstream.codec.AvroSerdes;
import dev.inkstream.record.InvalidRecordException;
import dev.inkstream.record.ModelDecision;
import dev.inkstream.stream.intake.RecordDecoder;
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

    PublishedVersions versions(KeyValueStore<Long, Long> store) {
        return new PublishedVersions(
                store, past.snapshots(), settings.topics().weightSnapshots().decoder(serdes), settings.format());
    }

    /// The state that the store has or, if it has none, what the decisions on the topic come to.
    ServingState load(ServingStore store, PublishedVersions published) {
        return store.load().orElseGet(() -> {
            RecordDecoder<ModelDecision> decoder = settings.topics().ledger(serdes);
            Ledger ledger = new Ledger(settings.model(), published);
            past.decisions().all(record -> add(record, decoder, ledger));
            ledger.last().ifPresent(last -> LOG.warn("this evaluator has no state; it continues after {}", last));
            return ledger.state();
        });
    }

    private static void add(
            ConsumerRecord<byte[], byte[]> record, RecordDecoder<ModelDecision> decoder, Ledger ledger) {
        try {
            ledger.add(decoder.decode(record).value());
        } catch (InvalidRecordException e) {
            LOG.warn("{}@{} is left out: {}", record.topic(), record.offset(), e.getMessage());
        }
    }
}
