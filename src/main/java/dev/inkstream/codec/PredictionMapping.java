package dev.inkstream.codec;

import dev.inkstream.record.ModelVersion;
import dev.inkstream.record.Prediction;
import dev.inkstream.record.Prediction.Position;
import dev.inkstream.record.Prediction.Shadow;
import dev.inkstream.record.Sha256;
import dev.inkstream.record.avro.ShadowPrediction;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/// [Prediction] and its Avro class.
enum PredictionMapping implements AvroMapping<Prediction, dev.inkstream.record.avro.Prediction> {
    INSTANCE;

    @Override
    public Schema schema() {
        return dev.inkstream.record.avro.Prediction.getClassSchema();
    }

    @Override
    public dev.inkstream.record.avro.Prediction toAvro(Prediction prediction) {
        return new dev.inkstream.record.avro.Prediction(
                prediction.imageId(),
                prediction.label(),
                new Floats(prediction.scores()),
                prediction.model().model(),
                prediction.model().version(),
                ByteBuffer.wrap(prediction.model().weights().bytes()),
                prediction.image().partition(),
                prediction.image().offset(),
                prediction.capturedAt(),
                prediction.shadow().map(PredictionMapping::toAvro).orElse(null));
    }

    private static ShadowPrediction toAvro(Shadow shadow) {
        return new ShadowPrediction(
                shadow.label(),
                new Floats(shadow.scores()),
                shadow.model().version(),
                ByteBuffer.wrap(shadow.model().weights().bytes()));
    }

    @Override
    public Prediction toDomain(dev.inkstream.record.avro.Prediction avro) {
        return new Prediction(
                avro.getImageId(),
                avro.getLabel(),
                ((Floats) avro.getScores()).values(),
                new ModelVersion(
                        avro.getModel(), avro.getVersion(), Sha256.fromDigest(Bytes.toArray(avro.getWeightsSha256()))),
                new Position(avro.getImagePartition(), avro.getImageOffset()),
                avro.getCapturedAt(),
                Optional.ofNullable(avro.getShadow()).map(shadow -> toDomain(avro.getModel(), shadow)));
    }

    private static Shadow toDomain(String model, ShadowPrediction avro) {
        return new Shadow(
                avro.getLabel(),
                ((Floats) avro.getScores()).values(),
                new ModelVersion(model, avro.getVersion(), Sha256.fromDigest(Bytes.toArray(avro.getWeightsSha256()))));
    }

    @Override
    public @Nullable Prediction toDomain(PlainInput in) {
        String imageId = in.readText();
        int label = in.readInt();
        float[] scores = in.readFloats();
        String model = in.readText();
        long version = in.readLong();
        byte[] digest = in.readBytes();
        Position position = new Position(in.readInt(), in.readLong());
        Instant capturedAt = Instant.ofEpochMilli(in.readLong());
        PlainShadow shadow = PlainShadow.read(in);
        if (shadow == null || !in.isWhole()) {
            return null;
        }
        return new Prediction(
                imageId, label, scores, version(model, version, digest), position, capturedAt, shadow.toDomain(model));
    }

    /// The last field of a prediction.
    ///
    /// @param present false for null, and then the others mean nothing
    private record PlainShadow(boolean present, int label, float[] scores, long version, byte[] digest) {
        private static final PlainShadow NONE = new PlainShadow(false, 0, new float[0], 0, new byte[0]);

        /// @return null if the union has no such branch
        static @Nullable PlainShadow read(PlainInput in) {
            long branch = in.readLong();
            if (branch == 1) {
                return new PlainShadow(true, in.readInt(), in.readFloats(), in.readLong(), in.readBytes());
            }
            return branch == 0 ? NONE : null;
        }

        Optional<Shadow> toDomain(String model) {
            return present
                    ? Optional.of(new Shadow(label, scores, PredictionMapping.version(model, version, digest)))
                    : Optional.empty();
        }
    }

    private static ModelVersion version(String model, long version, byte[] digest) {
        return new ModelVersion(model, version, Sha256.fromDigest(digest));
    }
}
