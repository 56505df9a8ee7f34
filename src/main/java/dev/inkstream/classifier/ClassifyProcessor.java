package dev.inkstream.classifier;

import dev.inkstream.network.Network;
import dev.inkstream.network.Workspace;
import dev.inkstream.record.ImageRecord;
import dev.inkstream.record.Prediction;
import dev.inkstream.record.Prediction.Position;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/// One image, one prediction, made with the version that serves at that moment.
final class ClassifyProcessor implements Processor<String, ImageRecord, String, Prediction> {
    private final ServingModel serving;
    private final ClassifierMeters meters;
    private ProcessorContext<String, Prediction> context;
    private @Nullable Network network;
    private @Nullable Workspace workspace;

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
        ServingModel.Loaded model = serving.current()
                .orElseThrow(() -> new IllegalStateException("no model is loaded: the topology must stay paused"));
        ImageRecord image = record.value();
        Workspace ready = workspaceFor(model.network());
        int label = model.network().classify(image.pixels(), ready);
        RecordMetadata where = context.recordMetadata().orElseThrow();
        Prediction prediction = new Prediction(
                record.key(),
                label,
                ready.outputs().clone(),
                model.id(),
                new Position(where.partition(), where.offset()),
                image.capturedAt());
        context.forward(record.withValue(prediction));
        meters.predicted(label, image.capturedAt().toEpochMilli(), record.timestamp(), context.currentSystemTimeMs());
    }

    /// Scratch memory depends on the shape alone, and shapes seldom change.
    private Workspace workspaceFor(Network next) {
        if (workspace == null || network == null || !network.architecture().equals(next.architecture())) {
            workspace = next.newWorkspace();
        }
        network = next;
        return workspace;
    }
}
