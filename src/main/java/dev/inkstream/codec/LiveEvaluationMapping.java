package dev.inkstream.codec;

import dev.inkstream.record.ConfusionMatrix;
import dev.inkstream.record.LiveEvaluation;
import dev.inkstream.record.LiveEvaluation.Unmatched;
import dev.inkstream.record.LiveEvaluation.Window;
import java.util.Arrays;
import java.util.OptionalLong;
import org.apache.avro.Schema;

/// [LiveEvaluation] and its Avro class. `examples` and `correct` follow from the confusion matrix.
enum LiveEvaluationMapping implements AvroMapping<LiveEvaluation, dev.inkstream.record.avro.LiveEvaluation> {
    INSTANCE;

    @Override
    public Schema schema() {
        return dev.inkstream.record.avro.LiveEvaluation.getClassSchema();
    }

    @Override
    public dev.inkstream.record.avro.LiveEvaluation toAvro(LiveEvaluation live) {
        ConfusionMatrix confusion = live.confusion();
        Unmatched unmatched = live.unmatched();
        return dev.inkstream.record.avro.LiveEvaluation.newBuilder()
                .setModel(live.model())
                .setVersion(live.version().isPresent() ? live.version().getAsLong() : null)
                .setWindowStart(live.window().start())
                .setWindowEnd(live.window().end())
                .setExamples(confusion.examples())
                .setCorrect(confusion.correct())
                .setClasses(confusion.classes())
                .setConfusion(Arrays.stream(confusion.counts()).boxed().toList())
                .setLateLabels(unmatched.lateLabels())
                .setDuplicateLabels(unmatched.duplicateLabels())
                .setPredictionsWithoutLabel(unmatched.predictionsWithoutLabel())
                .setLabelsWithoutPrediction(unmatched.labelsWithoutPrediction())
                .build();
    }

    @Override
    public LiveEvaluation toDomain(dev.inkstream.record.avro.LiveEvaluation avro) {
        Long version = avro.getVersion();
        return new LiveEvaluation(
                avro.getModel(),
                version == null ? OptionalLong.empty() : OptionalLong.of(version),
                new Window(avro.getWindowStart(), avro.getWindowEnd()),
                ConfusionMatrix.of(
                        avro.getClasses(),
                        avro.getConfusion().stream().mapToLong(Long::longValue).toArray()),
                new Unmatched(
                        avro.getLateLabels(),
                        avro.getDuplicateLabels(),
                        avro.getPredictionsWithoutLabel(),
                        avro.getLabelsWithoutPrediction()));
    }
}
