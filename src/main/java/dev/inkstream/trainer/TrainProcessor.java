package dev.inkstream.trainer;

import dev.inkstream.network.DivergedException;
import dev.inkstream.record.InvalidRecordException;
import dev.inkstream.record.LabeledImage;
import dev.inkstream.record.RejectReason;
import dev.inkstream.record.WeightSnapshot;
import dev.inkstream.stream.intake.Arrived;
import dev.inkstream.stream.intake.DeadLetterSink;
import java.time.Duration;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Trains on labeled images in mini-batches, and publishes versions.
///
/// Invariant: one call of the processor (for version 0, that may be the punctuation) forwards a version and stores its
/// checkpoint; so both are in one transaction, with the offset. Between two versions the processor stores nothing,
/// except once the first offset of the log. On start, it reads the examples since the checkpoint again from the log and
/// trains on them silently, to the same bits. A record there whose loss is not finite was committed, so it is a dead
/// letter already, whatever the trainer does with such records now.
final class TrainProcessor implements Processor<String, Arrived<LabeledImage>, Object, Object> {
    private static final Logger LOG = LoggerFactory.getLogger(TrainProcessor.class);

    /// Version 0 does not wait for the first example.
    private static final Duration AT_ONCE = Duration.ofMillis(1);

    private final Training.Settings settings;
    private final TrainerSettings trainer;
    private final LabeledExamples log;
    private final TrainerMeters meters;
    private final DeadLetterSink deadLetters;
    private ProcessorContext<Object, Object> context;
    private KeyValueStore<String, byte[]> checkpoints;
    private Training training;
    private Cancellable firstVersion;
    private boolean versionZeroPublished;
    private boolean caughtUp;

    /// @param log reads again what was trained on after the checkpoint
    TrainProcessor(TrainerSettings trainer, LabeledExamples log, TrainerMeters meters, DeadLetterSink deadLetters) {
        this.trainer = trainer;
        this.settings = trainer.training();
        this.log = log;
        this.meters = meters;
        this.deadLetters = deadLetters;
    }

    /// May be called again on the same object after a failure: it sets every field.
    @Override
    public void init(ProcessorContext<Object, Object> context) {
        this.context = context;
        checkpoints = context.getStateStore(TrainerTopology.CHECKPOINT);
        byte[] stored = checkpoints.get(settings.model());
        versionZeroPublished = stored != null;
        caughtUp = false;
        training = stored == null ? Training.start(settings) : Training.resume(settings, Checkpoint.fromBytes(stored));
        if (versionZeroPublished) {
            meters.resumed(training.version(), context.currentSystemTimeMs());
        }
        firstVersion = context.schedule(AT_ONCE, PunctuationType.WALL_CLOCK_TIME, any -> publishVersionZero());
    }

    @Override
    public void process(Record<String, Arrived<LabeledImage>> record) {
        publishVersionZero();
        long offset = context.recordMetadata().orElseThrow().offset();
        if (settings.beginning().isAfter(offset)) {
            return; // Its group's offsets were reset.
        }
        if (training.beginsAt(offset)) {
            // A trainer that resumes from version 0 must know whether the log has lost records since.
            checkpoints.put(settings.model(), training.checkpoint().toBytes());
        }
        if (!caughtUp) {
            trainGap(offset);
            caughtUp = true;
        }
        // Behind the checkpoint: the group's committed position was lost, the records were trained long ago.
        if (offset >= training.nextOffset()) {
            train(offset, record.value().value());
            if (training.lastWasLearned()) {
                meters.trained(training);
            } else {
                leftOut(record.value().record(), offset);
            }
        }
    }

    private void leftOut(Record<byte[], byte[]> record, long offset) {
        switch (trainer.onDivergence()) {
            case STOP -> throw TrainingDivergedException.atLoss(settings.model(), where(offset));
            case SKIP ->
                deadLetters.send(
                        record,
                        new InvalidRecordException(
                                RejectReason.DIVERGED,
                                "its loss for model " + settings.model()
                                        + " is not finite; nothing was learned from it"),
                        context);
        }
    }

    private void publishVersionZero() {
        if (!versionZeroPublished) {
            versionZeroPublished = true;
            publish();
        }
        firstVersion.cancel();
    }

    /// Trains what was consumed and committed after the checkpoint. Its outputs were committed with it.
    private void trainGap(long next) {
        long from = training.nextOffset();
        if (from >= next) {
            return;
        }
        LOG.debug("training offsets {} to {} again", from, next - 1);
        log.read(from, next, example -> train(example.offset(), example.image()));
    }

    private void train(long offset, LabeledImage example) {
        try {
            if (training.train(offset, example)) {
                publish();
            }
        } catch (DivergedException e) {
            throw TrainingDivergedException.atParameters(settings.model(), where(offset), e);
        }
    }

    /// The topic has one partition.
    private String where(long offset) {
        return trainer.topics().labeledImages().name() + "-0@" + offset;
    }

    private WeightSnapshot named(WeightSnapshot snapshot) {
        return trainer.publisher()
                .map(who -> snapshot.with(snapshot.provenance().publishedBy(who)))
                .orElse(snapshot);
    }

    private void publish() {
        WeightSnapshot snapshot = named(training.snapshot());
        checkpoints.put(settings.model(), training.checkpoint().toBytes());
        // Content never depends on the clock. The timestamp is that of the publication: with that of an old image,
        // retention would delete the version at once.
        long now = context.currentSystemTimeMs();
        context.forward(new Record<>(settings.model(), snapshot, now), TrainerTopology.WRITE_WEIGHT_SNAPSHOTS);
        meters.published(snapshot, now);
        LOG.info(
                "published {} after {} examples",
                snapshot.id(),
                snapshot.progress().examples());
    }
}
