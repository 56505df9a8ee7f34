package dev.inkstream.codec;

import dev.inkstream.record.InvalidRecordException;
import dev.inkstream.record.RejectReason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecordBase;
import org.jspecify.annotations.Nullable;

/// In which units a writer's schema gives the times that ours has in milliseconds. Avro resolves the numbers of two
/// schemas and not their units: without this, microseconds would be read as milliseconds. Immutable.
record WriterTimes(List<Field> finer) {
    private static final String MILLIS = LogicalTypes.timestampMillis().getName();

    /// A time that the writer gives in a finer unit.
    ///
    /// @param position in our schema
    /// @param perMilli units to the millisecond
    record Field(int position, long perMilli) {}

    /// @throws InvalidRecordException if the writer gives a time in a form that is no moment: without a zone or without
    ///     a time of day
    static WriterTimes of(Schema writer, Schema ours) {
        List<Field> finer = new ArrayList<>();
        for (Schema.Field field : ours.getFields()) {
            Schema.Field written = writer.getType() == Schema.Type.RECORD ? writer.getField(field.name()) : null;
            if (written != null && MILLIS.equals(logicalType(field.schema()))) {
                long perMilli = perMilli(written, ours);
                if (perMilli > 1) {
                    finer.add(new Field(field.pos(), perMilli));
                }
            }
        }
        return new WriterTimes(List.copyOf(finer));
    }

    /// Converts the times of a record that was read as if they were milliseconds; a fraction of one is dropped.
    void convert(SpecificRecordBase record) {
        for (Field field : finer) {
            long units = ((Instant) record.get(field.position())).toEpochMilli();
            record.put(field.position(), Instant.ofEpochMilli(Math.floorDiv(units, field.perMilli())));
        }
    }

    private static long perMilli(Schema.Field written, Schema ours) {
        Set<Long> units = new LinkedHashSet<>();
        List<Schema> types = written.schema().isUnion() ? written.schema().getTypes() : List.of(written.schema());
        for (Schema type : types) {
            if (type.getType() != Schema.Type.NULL) {
                units.add(perMilli(Objects.requireNonNullElse(logicalType(type), MILLIS)));
            }
        }
        if (units.size() != 1 || units.contains(0L)) {
            throw new InvalidRecordException(
                    RejectReason.UNDECODABLE,
                    "value is not an Avro " + ours.getName() + ": " + written.name() + " is " + written.schema()
                            + "; it must be a timestamp-millis, timestamp-micros or timestamp-nanos");
        }
        return units.iterator().next();
    }

    /// 0 for what is no moment. A number without a logical type is taken for milliseconds.
    private static long perMilli(String logicalType) {
        return switch (logicalType) {
            case "timestamp-millis" -> 1;
            case "timestamp-micros" -> 1_000;
            case "timestamp-nanos" -> 1_000_000;
            default -> 0;
        };
    }

    /// Also of one that Avro does not know, and ignores.
    private static @Nullable String logicalType(Schema type) {
        return type.getProp("logicalType");
    }
}
