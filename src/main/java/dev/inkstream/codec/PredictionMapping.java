package dev.inkstream.codec;

import dev.inkstream.record.ModelVersion;
import dev.inkstream.record.Prediction;
import dev.inkstream.record.Prediction.Position;
import dev.inkstream.record.Prediction.Shadow;
import dev.inkstream.record.Sha256;
import dev.inkstream.record.avro.ShadowPrediction;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.apache.avro.Schema;

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
}
