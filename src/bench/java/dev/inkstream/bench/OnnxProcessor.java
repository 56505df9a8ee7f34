package dev.inkstream.bench;

import ai.onnxruntime.OrtException;
import dev.inkstream.codec.PredictionEncoder;
import dev.inkstream.codec.PredictionEncoder.Answer;
import dev.inkstream.codec.PredictionEncoder.Version;
import dev.inkstream.record.ImageRecord;
import dev.inkstream.record.ModelVersion;
import dev.inkstream.record.Pixels;
import dev.inkstream.stream.intake.PassedOnHeaders;
import java.nio.FloatBuffer;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/// One image, one prediction, as a classifier makes it, with ONNX Runtime.
final class OnnxProcessor implements Processor<byte[], ImageRecord, byte[], byte[]> {
    private static final float WHITE = 255f;

    private final OnnxNetwork.Batch image;
    private final PredictionEncoder encoder;
    private final float[] scores;
    private final Answer answer;
    private ProcessorContext<byte[], byte[]> context;

    /// @param image memory for one
    /// @param classes how many scores it gets
    /// @param version that the predictions name
    OnnxProcessor(OnnxNetwork.Batch image, int classes, ModelVersion version, PredictionEncoder encoder) {
        this.image = image;
        this.encoder = encoder;
        scores = new float[classes];
        answer = new Answer(scores, Version.of(version));
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        this.context = context;
    }

    @Override
    public void process(Record<byte[], ImageRecord> record) {
        int label = classify(record.value().pixels());
        RecordMetadata where = context.recordMetadata().orElseThrow();
        byte[] prediction = encoder.image(
                        record.key(),
                        where.partition(),
                        where.offset(),
                        record.value().capturedAt().toEpochMilli())
                .encode(answer.of(label), /* shadow= */ null);
        context.forward(
                new Record<>(record.key(), prediction, record.timestamp(), PassedOnHeaders.of(record.headers())));
    }

    private int classify(Pixels pixels) {
        byte[] bytes = pixels.array();
        float[] values = image.values();
        for (int i = 0; i < values.length; i++) {
            values[i] = (bytes[pixels.start() + i] & 0xff) / WHITE;
        }
        image.put(0);
        try {
            FloatBuffer given = image.run();
            given.get(0, scores);
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime failed", e);
        }
        int best = 0;
        for (int label = 1; label < scores.length; label++) {
            best = scores[label] > scores[best] ? label : best;
        }
        return best;
    }
}
