package dev.inkstream.evaluator;

import dev.inkstream.record.ConfusionMatrix;
import dev.inkstream.record.Evaluation;
import dev.inkstream.record.LabeledImage;
import dev.inkstream.record.ModelDecision;
import dev.inkstream.record.ModelDecision.Kind;
import dev.inkstream.record.ModelVersion;
import dev.inkstream.record.WeightSnapshot;
import dev.inkstream.stream.DecisionHeader;
import dev.inkstream.stream.Topics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Scores each version of its model on the holdout images, decides what serves, and writes what it decided together
/// with what follows from it: the serving version and the shadow on `serving-weights`.
final class DecideProcessor implements Processor<String, DecisionInput, String, Object> {
    private static final Logger LOG = LoggerFactory.getLogger(DecideProcessor.class);

    private final EvaluatorSettings settings;
    private final EvaluatorMeters meters;
    private final StateAccess access;
    private final List<ModelDecision> made = new ArrayList<>();
    private ProcessorContext<String, Object> context;
    private HoldoutImages holdout;
    private ServingStore store;
    private ServingState state;
    private PublishedVersions published;
    private Decider decider;
    private Commands commands;
    private @Nullable ModelVersion serving;
    private @Nullable ModelVersion shadow;

    DecideProcessor(EvaluatorSettings settings, EvaluatorMeters meters, StateAccess access) {
        this.settings = settings;
        this.meters = meters;
        this.access = access;
    }

    @Override
    public void init(ProcessorContext<String, Object> context) {
        this.context = context;
        KeyValueStore<String, LabeledImage> images = context.getStateStore(EvaluatorTopology.HOLDOUT);
        holdout = new HoldoutImages(images, settings.format());
        store = access.serving(context.getStateStore(EvaluatorTopology.SERVING));
        published = access.versions(context.getStateStore(EvaluatorTopology.VERSIONS));
        state = access.load(store, published);
        made.clear();
        Decisions decisions = new Decisions(settings.model(), state, made::add);
        decider = new Decider(settings.rules(), state, decisions, this::judge);
        commands = new Commands(state, decider, decisions, published, this::judge);
        noteWhatServes();
        meters.standing(state.standing(), state.newest());
    }

    @Override
    public void process(Record<String, DecisionInput> record) {
        Instant at = Instant.ofEpochMilli(record.timestamp());
        decider.endWhatIsNotJudged(at);
        switch (record.value()) {
            case DecisionInput.Published(Candidate candidate) -> published(candidate, at);
            case DecisionInput.Asked(var command) -> {
                if (command.model().equals(settings.model())) {
                    commands.carryOut(command, at);
                }
            }
            case DecisionInput.Compared(var outcome) -> decider.compared(outcome, at);
            case DecisionInput.KeptHoldout() -> decider.keptHoldout(holdout.size(), at);
        }
        write(record.timestamp());
    }

    private void published(Candidate candidate, Instant at) {
        if (candidate.network().isEmpty()) {
            return;
        }
        long offset = context.recordMetadata().orElseThrow().offset();
        Contender version =
                new Contender(candidate.snapshot(), offset, candidate.network().get());
        if (published.has(version)) {
            LOG.info("{} at offset {} was decided about before", version.id(), offset);
            return;
        }
        if (mayFollow(version)) {
            state.continueAt(version.version() - 1);
        }
        published.add(version.id(), offset);
        Judgment judgment = judge(version);
        decider.published(judgment, at);
        boolean promoted = made.stream()
                .anyMatch(decision -> decision.kind() == Kind.PROMOTED
                        && decision.subject()
                                .map(one -> one.id().equals(version.id()))
                                .orElse(false));
        HoldoutScorer score = judgment.score();
        Evaluation evaluation = new Evaluation(
                version.id(), version.snapshot().progress().examples(), score.confusion(), score.meanLoss(), promoted);
        meters.evaluated(evaluation);
        log(evaluation);
        context.forward(
                new Record<>(settings.model(), evaluation, at.toEpochMilli()), EvaluatorTopology.WRITE_EVALUATIONS);
    }

    /// Whether a version counts as the newest although a higher number came before it. That number was of another
    /// writer, or damaged, and must not end the line; and by the policy `always` a model may start again under its
    /// name. Signed numbers are the trainer's own, and a signed snapshot can be written again: the highest one counts.
    private boolean mayFollow(Contender version) {
        boolean signed = settings.topics().signatures().checkSnapshots();
        return !signed && (settings.rules().policy() == PromotionPolicy.ALWAYS || published.continues(version));
    }

    private Judgment judge(Contender version) {
        return Judgment.of(version, state, holdout);
    }

    private void write(long timestamp) {
        for (ModelDecision decision : made) {
            meters.decided(decision);
            log(decision);
            context.forward(
                    new Record<>(settings.model(), decision, timestamp), EvaluatorTopology.WRITE_MODEL_DECISIONS);
        }
        if (!made.isEmpty()) {
            Headers headers = DecisionHeader.of(made.getLast().number());
            made.clear();
            Record<String, Object> follows = new Record<>(settings.model(), null, timestamp, headers);
            forwardIfNew(follows, serving, state.serving());
            forwardIfNew(follows.withKey(Topics.shadowKey(settings.model())), shadow, state.shadow());
            noteWhatServes();
        }
        store.save(state);
        meters.standing(state.standing(), state.newest());
    }

    /// Forwards the snapshot as it came, or a null value, which ends the shadow.
    private void forwardIfNew(Record<String, Object> follows, @Nullable ModelVersion before, Optional<Contender> now) {
        if (!Optional.ofNullable(before).equals(now.map(Contender::id))) {
            @Nullable WeightSnapshot snapshot = now.map(Contender::snapshot).orElse(null);
            context.forward(follows.withValue(snapshot), EvaluatorTopology.WRITE_SERVING_WEIGHTS);
        }
    }

    private void noteWhatServes() {
        serving = state.serving().map(Contender::id).orElse(null);
        shadow = state.shadow().map(Contender::id).orElse(null);
    }

    private static void log(Evaluation evaluation) {
        ConfusionMatrix confusion = evaluation.confusion();
        LOG.info(
                "scored {}: {} of {} holdout images correct, mean loss {}",
                evaluation.id(),
                confusion.correct(),
                confusion.examples(),
                String.format(Locale.ROOT, "%.4f", evaluation.meanLoss()));
    }

    private static void log(ModelDecision decision) {
        LOG.info(
                "{}, by {}: {}",
                decision,
                decision.origin().decidedBy(),
                decision.origin().reason());
    }
}
