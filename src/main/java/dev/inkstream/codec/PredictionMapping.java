package dev.inkstream.codec;

import dev.inkstream.record.ModelVersion;
import dev.inkstream.record.Prediction;
import dev.inkstream.record.Prediction.Position;
import dev.inkstream.record.Sha256;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
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
        List<Float> scores = new ArrayList<>(prediction.scores().length);
        for (float score : prediction.scores()) {
            scores.add(score);
        }
        return new dev.inkstream.record.avro.Prediction(
                prediction.imageId(),
                prediction.label(),
                scores,
                prediction.model().model(),
                prediction.model().version(),
                ByteBuffer.wrap(prediction.model().weights().bytes()),
                prediction.image().partition(),
                prediction.image().offset(),
                prediction.capturedAt());
    }

    @Override
    public Prediction toDomain(dev.inkstream.record.avro.Prediction avro) {
        float[] scores = new float[avro.getScores().size()];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = avro.getScores().get(i);
        }
        return new Prediction(
                avro.getImageId(),
                avro.getLabel(),
                scores,
                new ModelVersion(
                        avro.getModel(), avro.getVersion(), Sha256.fromDigest(Bytes.toArray(avro.getWeightsSha256()))),
                new Position(avro.getImagePartition(), avro.getImageOffset()),
                avro.getCapturedAt());
    }
}
