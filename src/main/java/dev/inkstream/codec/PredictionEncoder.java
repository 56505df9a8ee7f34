package dev.inkstream.codec;

import dev.inkstream.record.ModelVersion;
import java.nio.charset.StandardCharsets;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/// Encodes predictions straight from the memory that they were computed in, without objects between: the bytes are
/// those that the serde of [AvroSerdes#prediction()] gives for the same prediction. Not thread-safe.
public final class PredictionEncoder {
    private static final int NULL_BRANCH = 0;
    private static final int SHADOW_BRANCH = 1;

    /// No registry gives this id.
    private static final int UNKNOWN = 0;

    private final IntSupplier schema;
    private final PlainOutput out = new PlainOutput();
    private int schemaId = UNKNOWN;

    /// @param schema gives the id of the schema, and is asked once, for the first prediction
    PredictionEncoder(IntSupplier schema) {
        this.schema = schema;
    }

    /// The image that is predicted.
    ///
    /// @param key its id in UTF-8
    /// @param partition where it lies
    /// @param capturedAtMs milliseconds since 1970
    public record Image(byte[] key, int partition, long offset, long capturedAtMs) {}

    /// What one version says.
    ///
    /// @param scores read while it is encoded, and not kept
    public record Answer(int label, float[] scores, Version version) {}

    /// The encoded parts of a prediction that are the same for all of a version. Immutable.
    public static final class Version {
        private final byte[] model;
        private final byte[] number;

        private Version(byte[] model, byte[] number) {
            this.model = model;
            this.number = number;
        }

        public static Version of(ModelVersion version) {
            PlainOutput out = new PlainOutput();
            byte[] model = out.beginPart()
                    .writeBytes(version.model().getBytes(StandardCharsets.UTF_8))
                    .toBytes();
            byte[] number = out.beginPart()
                    .writeLong(version.version())
                    .writeBytes(version.weights().bytes())
                    .toBytes();
            return new Version(model, number);
        }
    }

    /// A framed record.
    ///
    /// @param shadow null if none ran
    /// @throws SchemaRegistryException if the registry does not answer, or refuses the schema
    public byte[] encode(Image image, Answer answer, @Nullable Answer shadow) {
        if (schemaId == UNKNOWN) {
            schemaId = schema.getAsInt();
        }
        out.begin(schemaId).writeBytes(image.key());
        writeScores(answer);
        out.append(answer.version().model)
                .append(answer.version().number)
                .writeLong(image.partition())
                .writeLong(image.offset())
                .writeLong(image.capturedAtMs());
        if (shadow == null) {
            out.writeLong(NULL_BRANCH);
        } else {
            out.writeLong(SHADOW_BRANCH);
            writeScores(shadow);
            out.append(shadow.version().number);
        }
        return out.toBytes();
    }

    private void writeScores(Answer answer) {
        out.writeLong(answer.label()).writeFloats(answer.scores());
    }
}
