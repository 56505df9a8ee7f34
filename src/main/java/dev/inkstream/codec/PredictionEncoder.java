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
    private byte[] key = {};
    private int partition;
    private long offset;
    private long capturedAtMs;

    /// @param schema gives the id of the schema, and is asked once, for the first prediction
    PredictionEncoder(IntSupplier schema) {
        this.schema = schema;
    }

    /// What one version says of one image after the other. Mutable, so that an image costs no object.
    public static final class Answer {
        private final float[] scores;
        private final Version version;
        private int label;

        /// @param scores those of the last image, read while it is encoded
        public Answer(float[] scores, Version version) {
            this.scores = scores;
            this.version = version;
        }

        /// The same version's answer for the image whose scores are there now.
        public Answer of(int newLabel) {
            label = newLabel;
            return this;
        }

        public int label() {
            return label;
        }
    }

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

    /// Says which image the next prediction is of.
    ///
    /// @param id its key in UTF-8
    /// @param inPartition where it lies
    /// @param atOffset where it lies
    /// @param atMs when it was captured, in milliseconds since 1970
    /// @return this
    public PredictionEncoder image(byte[] id, int inPartition, long atOffset, long atMs) {
        key = id;
        partition = inPartition;
        offset = atOffset;
        capturedAtMs = atMs;
        return this;
    }

    /// A framed record of the image that was named last.
    ///
    /// @param shadow null if none ran
    /// @throws SchemaRegistryException if the registry does not answer, or refuses the schema
    public byte[] encode(Answer answer, @Nullable Answer shadow) {
        if (schemaId == UNKNOWN) {
            schemaId = schema.getAsInt();
        }
        out.begin(schemaId).writeBytes(key);
        writeScores(answer);
        out.append(answer.version.model)
                .append(answer.version.number)
                .writeLong(partition)
                .writeLong(offset)
                .writeLong(capturedAtMs);
        if (shadow == null) {
            out.writeLong(NULL_BRANCH);
        } else {
            out.writeLong(SHADOW_BRANCH);
            writeScores(shadow);
            out.append(shadow.version.number);
        }
        return out.toBytes();
    }

    private void writeScores(Answer answer) {
        out.writeLong(answer.label).writeFloats(answer.scores);
    }
}
