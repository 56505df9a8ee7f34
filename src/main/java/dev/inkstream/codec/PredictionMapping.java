package dev.inkstream.codec;

import dev.inkstream.record.ModelVersion;
import dev.inkstream.record.Prediction;
import dev.inkstream.record.Prediction.Position;
import dev.inkstream.record.Sha256;
import java.nio.ByteBuffer;
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
                prediction.capturedAt());
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
                avro.getCapturedAt());
    }
}
