package dev.inkstream.classifier;

import dev.inkstream.record.ImageRecord;
import dev.inkstream.record.Prediction;
import dev.inkstream.record.Prediction.Position;
import dev.inkstream.record.Prediction.Shadow;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/// One image, one prediction, made with the version that serves at that moment, and with the one that runs beside it.
final class ClassifyProcessor implements Processor<String, ImageRecord, String, Prediction> {
    private final ServingModel serving;
    private final ClassifierMeters meters;
    private final Scratch scratch = new Scratch();
    private final Scratch shadowScratch = new Scratch();
    private ProcessorContext<String, Prediction> context;

    ClassifyProcessor(ServingModel serving, ClassifierMeters meters) {
        this.serving = serving;
        this.meters = meters;
    }

    @Override
    public void init(ProcessorContext<String, Prediction> context) {
        this.context = context;
    }

    @Override
    public void process(Record<String, ImageRecord> record) {
        ServingModel.Pair pair = serving.pair();
        ServingModel.Loaded model = pair.serving();
        if (model == null) {
            throw new IllegalStateException("no model is loaded: the topology must stay paused");
        }
        ImageRecord image = record.value();
        int label = scratch.classify(model.network(), image.pixels());
        RecordMetadata where = context.recordMetadata().orElseThrow();
        Prediction prediction = new Prediction(
                record.key(),
                label,
                scratch.scores(),
                model.id(),
                new Position(where.partition(), where.offset()),
                image.capturedAt(),
                shadow(pair.shadow(), image));
        context.forward(record.withValue(prediction));
        meters.predicted(label, image.capturedAt().toEpochMilli(), record.timestamp(), context.currentSystemTimeMs());
    }

    private Optional<Shadow> shadow(ServingModel.@Nullable Loaded shadow, ImageRecord image) {
        if (shadow == null) {
            return Optional.empty();
        }
        if (scratch.fits(shadow.network())) {
            return Optional.of(new Shadow(scratch.classifyAgain(shadow.network()), scratch.scores(), shadow.id()));
        }
        int label = shadowScratch.classify(shadow.network(), image.pixels());
        return Optional.of(new Shadow(label, shadowScratch.scores(), shadow.id()));
    }
}
