package dev.inkstream.classifier;

import dev.inkstream.codec.PredictionEncoder;
import dev.inkstream.codec.PredictionEncoder.Answer;
import dev.inkstream.record.ImageRecord;
import dev.inkstream.stream.intake.PassedOnHeaders;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/// One image, one prediction, made with the version that serves at that moment, and with the one that runs beside it.
/// Key and prediction are bytes: the key is the image's as it came.
final class ClassifyProcessor implements Processor<byte[], ImageRecord, byte[], byte[]> {
    private final ServingModel serving;
    private final PredictionEncoder encoder;
    private final ClassifierMeters meters;
    private final Scratch scratch = new Scratch();
    private final Scratch shadowScratch = new Scratch();
    private ProcessorContext<byte[], byte[]> context;

    ClassifyProcessor(ServingModel serving, PredictionEncoder encoder, ClassifierMeters meters) {
        this.serving = serving;
        this.encoder = encoder;
        this.meters = meters;
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        this.context = context;
    }

    @Override
    public void process(Record<byte[], ImageRecord> record) {
        ServingModel.Pair pair = serving.pair();
        ServingModel.Loaded model = pair.serving();
        if (model == null) {
            throw new IllegalStateException("no model is loaded: the topology must stay paused");
        }
        ImageRecord image = record.value();
        long capturedAt = image.capturedAt().toEpochMilli();
        Answer answer = scratch.classify(model, image.pixels());
        RecordMetadata where = context.recordMetadata().orElseThrow();
        byte[] prediction = encoder.image(record.key(), where.partition(), where.offset(), capturedAt)
                .encode(answer, shadow(pair.shadow(), image));
        context.forward(
                new Record<>(record.key(), prediction, record.timestamp(), PassedOnHeaders.of(record.headers())));
        meters.predicted(answer.label(), capturedAt, record.timestamp(), context.currentSystemTimeMs());
    }

    private @Nullable Answer shadow(ServingModel.@Nullable Loaded shadow, ImageRecord image) {
        if (shadow == null) {
            return null;
        }
        return scratch.fits(shadow)
                ? shadowScratch.classifyAgain(shadow, scratch)
                : shadowScratch.classify(shadow, image.pixels());
    }
}
