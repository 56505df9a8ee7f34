package dev.inkstream.record;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.data.TimeConversions.TimestampMillisConversion;
import org.apache.avro.specific.SpecificData;

/// Which generated class belongs to which schema. Thread-safe.
///
/// Avro's own model looks for the class that a schema names, and refuses every class that no system property
/// declares trusted; this one knows its classes and loads none.
final class RecordModel extends SpecificData {
    static final RecordModel INSTANCE = new RecordModel();

    private static final Map<String, Class<?>> CLASSES = Stream.of(
                    dev.inkstream.record.avro.ImageRecord.class,
                    dev.inkstream.record.avro.LabeledImage.class,
                    dev.inkstream.record.avro.Prediction.class,
                    dev.inkstream.record.avro.WeightSnapshot.class,
                    dev.inkstream.record.avro.HiddenActivation.class,
                    dev.inkstream.record.avro.OutputActivation.class,
                    dev.inkstream.record.avro.Evaluation.class)
            .collect(Collectors.toUnmodifiableMap(Class::getName, Function.identity()));

    private RecordModel() {
        addLogicalTypeConversion(new TimestampMillisConversion());
    }

    @Override
    @SuppressWarnings("rawtypes") // as Avro declares it
    public Class getClass(Schema schema) {
        return switch (schema.getType()) {
            case RECORD, ENUM -> known(schema.getFullName());
            default -> super.getClass(schema);
        };
    }

    private static Class<?> known(String name) {
        Class<?> generated = CLASSES.get(name);
        if (generated == null) {
            throw new IllegalStateException("schema " + name + " has no class here; add it");
        }
        return generated;
    }
}
