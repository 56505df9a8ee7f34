package dev.inkstream.evaluator;

import dev.inkstream.network.Network;
import dev.inkstream.record.ConfusionMatrix;
import dev.inkstream.record.Evaluation;
import dev.inkstream.record.InvalidRecordException;
import dev.inkstream.record.LabeledImage;
import dev.inkstream.record.WeightSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Scores each version of its model on the holdout images, says how it did, and promotes it by the policy: the
/// version then goes to `serving-weights` as it came.
///
/// With no holdout images the score is 0 of 0: a model without a holdout set still learns and serves.
final class EvaluateProcessor implements Processor<String, Candidate, String, Object> {
    private static final Logger LOG = LoggerFactory.getLogger(EvaluateProcessor.class);

    private final EvaluatorSettings settings;
    private final EvaluatorMeters meters;
    private ProcessorContext<String, Object> context;
    private KeyValueStore<String, LabeledImage> holdout;

    EvaluateProcessor(EvaluatorSettings settings, EvaluatorMeters meters) {
        this.settings = settings;
        this.meters = meters;
    }

    @Override
    public void init(ProcessorContext<String, Object> context) {
        this.context = context;
        holdout = context.getStateStore(EvaluatorTopology.HOLDOUT);
    }

    @Override
    public void process(Record<String, Candidate> record) {
        record.value().network().ifPresent(network -> evaluate(record, network));
    }

    private void evaluate(Record<String, Candidate> record, Network network) {
        WeightSnapshot snapshot = record.value().snapshot();
        HoldoutScorer scoring = score(network);
        ConfusionMatrix confusion = scoring.confusion();
        boolean promoted = settings.policy().promotes(snapshot, confusion);
        Evaluation evaluation =
                new Evaluation(snapshot.id(), snapshot.progress().examples(), confusion, scoring.meanLoss(), promoted);
        meters.evaluated(evaluation);
        log(evaluation);
        // Without the headers of the snapshot, for which a topic may have no room.
        context.forward(
                new Record<>(record.key(), evaluation, record.timestamp()), EvaluatorTopology.WRITE_EVALUATIONS);
        if (promoted) {
            context.forward(
                    new Record<>(record.key(), snapshot, record.timestamp()), EvaluatorTopology.WRITE_SERVING_WEIGHTS);
        }
    }

    private HoldoutScorer score(Network network) {
        HoldoutScorer scoring = new HoldoutScorer(network);
        List<String> unusable = new ArrayList<>();
        try (KeyValueIterator<String, LabeledImage> images = holdout.all()) {
            while (images.hasNext()) {
                String id = images.peekNextKey();
                try {
                    scoring.add(settings.format().check(images.next().value));
                } catch (InvalidRecordException e) {
                    LOG.debug("holdout image {}", id, e);
                    unusable.add(id);
                }
            }
        }
        remove(unusable);
        return scoring;
    }

    /// An earlier build kept them, or one with other settings.
    private void remove(List<String> unusable) {
        if (!unusable.isEmpty()) {
            LOG.warn(
                    "removed {} holdout images that cannot be used with these settings and this build; the first is {}",
                    unusable.size(),
                    unusable.getFirst());
            // delete() would read the image that it returns.
            unusable.forEach(id -> holdout.put(id, null));
        }
    }

    private static void log(Evaluation evaluation) {
        ConfusionMatrix confusion = evaluation.confusion();
        LOG.info(
                "scored {}: {} of {} holdout images correct, mean loss {}",
                evaluation.id(),
                confusion.correct(),
                confusion.examples(),
                String.format(Locale.ROOT, "%.4f", evaluation.meanLoss()));
        LOG.info("{} {}", evaluation.promoted() ? "promoted" : "did not promote", evaluation.id());
    }
}
