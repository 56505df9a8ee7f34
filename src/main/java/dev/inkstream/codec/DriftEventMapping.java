package dev.inkstream.codec;

import dev.inkstream.record.DriftEvent;
import org.apache.avro.Schema;

/// [DriftEvent] and its Avro class.
enum DriftEventMapping implements AvroMapping<DriftEvent, dev.inkstream.record.avro.DriftEvent> {
    INSTANCE;

    @Override
    public Schema schema() {
        return dev.inkstream.record.avro.DriftEvent.getClassSchema();
    }

    @Override
    public dev.inkstream.record.avro.DriftEvent toAvro(DriftEvent drift) {
        return new dev.inkstream.record.avro.DriftEvent(
                drift.model(),
                drift.version(),
                drift.before().rate(),
                drift.after().rate(),
                drift.before().examples(),
                drift.after().examples(),
                drift.detector());
    }

    @Override
    public DriftEvent toDomain(dev.inkstream.record.avro.DriftEvent avro) {
        return new DriftEvent(
                avro.getModel(),
                avro.getVersion(),
                new DriftEvent.ErrorRate(avro.getErrorBefore(), avro.getExamplesBefore()),
                new DriftEvent.ErrorRate(avro.getErrorAfter(), avro.getExamplesAfter()),
                avro.getDetector());
    }
}
