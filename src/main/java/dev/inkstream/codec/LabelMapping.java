package dev.inkstream.codec;

import dev.inkstream.record.Label;
import java.time.Instant;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/// [Label] and its Avro class.
enum LabelMapping implements AvroMapping<Label, dev.inkstream.record.avro.Label> {
    INSTANCE;

    @Override
    public Schema schema() {
        return dev.inkstream.record.avro.Label.getClassSchema();
    }

    @Override
    public dev.inkstream.record.avro.Label toAvro(Label label) {
        return new dev.inkstream.record.avro.Label(label.label(), label.labeledAt());
    }

    @Override
    public Label toDomain(dev.inkstream.record.avro.Label avro) {
        return new Label(avro.getLabel(), avro.getLabeledAt());
    }

    @Override
    public @Nullable Label toDomain(PlainInput in) {
        int label = in.readInt();
        Instant labeledAt = Instant.ofEpochMilli(in.readLong());
        return in.isWhole() ? new Label(label, labeledAt) : null;
    }
}
