package dev.inkstream.codec;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.data.TimeConversions;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.Encoder;
import org.apache.avro.io.ResolvingDecoder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.jspecify.annotations.Nullable;

/// Avro's data model over the classes generated from our schemas, and no others.
///
/// Avro looks classes up by the names in a schema, and since 1.12.2 refuses those that were not named in a system
/// property or a global setting. A schema may come from a stranger, so here no name is looked up at all: the
/// classes are a fixed list. Its readers and writers do not box arrays of floats ([Floats]). Immutable once made, and
/// thread-safe.
final class GeneratedClasses extends SpecificData {
    private static final Map<String, Class<?>> BY_NAME = List.<Class<?>>of(
                    dev.inkstream.record.avro.ImageRecord.class,
                    dev.inkstream.record.avro.LabeledImage.class,
                    dev.inkstream.record.avro.Prediction.class,
                    dev.inkstream.record.avro.ShadowPrediction.class,
                    dev.inkstream.record.avro.WeightSnapshot.class,
                    dev.inkstream.record.avro.SnapshotPublisher.class,
                    dev.inkstream.record.avro.HiddenActivation.class,
                    dev.inkstream.record.avro.OutputActivation.class,
                    dev.inkstream.record.avro.Summation.class,
                    dev.inkstream.record.avro.Evaluation.class,
                    dev.inkstream.record.avro.Label.class,
                    dev.inkstream.record.avro.LiveEvaluation.class,
                    dev.inkstream.record.avro.DriftEvent.class,
                    dev.inkstream.record.avro.ModelCommand.class,
                    dev.inkstream.record.avro.ModelCommandKind.class,
                    dev.inkstream.record.avro.ModelDecision.class,
                    dev.inkstream.record.avro.ModelDecisionKind.class,
                    dev.inkstream.record.avro.ModelServingMode.class,
                    dev.inkstream.record.avro.HoldoutEvidence.class,
                    dev.inkstream.record.avro.PairedEvidence.class,
                    dev.inkstream.record.avro.LiveEvidence.class)
            .stream()
            .collect(Collectors.toUnmodifiableMap(Class::getName, Function.identity()));

    GeneratedClasses() {
        addLogicalTypeConversion(new TimeConversions.TimestampMillisConversion());
    }

    @Override
    @SuppressWarnings("rawtypes") // the overridden method's own type
    public @Nullable Class getClass(Schema schema) {
        return switch (schema.getType()) {
            case RECORD, ENUM, FIXED -> BY_NAME.get(schema.getFullName());
            default -> super.getClass(schema);
        };
    }

    /// Writes records of a schema of ours.
    <A> DatumWriter<A> writer(Schema schema) {
        return new SpecificDatumWriter<>(schema, this) {
            @Override
            protected void writeArray(Schema array, Object items, Encoder out) throws IOException {
                if (items instanceof Floats floats) {
                    floats.write(out);
                } else {
                    super.writeArray(array, items, out);
                }
            }
        };
    }

    /// Reads records of a writer's schema as records of ours.
    <A> DatumReader<A> reader(Schema writer, Schema ours) {
        return new SpecificDatumReader<>(writer, ours, this) {
            @Override
            protected Object readArray(@Nullable Object old, Schema array, ResolvingDecoder in) throws IOException {
                return Floats.isArray(array) ? Floats.read(array, in) : super.readArray(old, array, in);
            }
        };
    }
}
