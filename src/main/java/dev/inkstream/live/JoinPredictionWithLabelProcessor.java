package dev.inkstream.live;

import dev.inkstream.live.OutcomeStore.Entry;
import dev.inkstream.record.DriftEvent;
import dev.inkstream.record.LiveEvaluation;
import dev.inkstream.stream.JoinClock;
import java.nio.ByteBuffer;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Joins predictions with labels by image id, and counts what comes of each. The rules are in
/// `docs/adr/0005-live-accuracy.md`.
///
/// It knows no time but its [JoinClock]'s, and keeps no state but its stores': what it counts is a function of the
/// records, however often it is stopped between two of them.
final class JoinPredictionWithLabelProcessor implements Processor<byte[], OutcomeEvent, String, Object> {
    static final String IMAGES = "live-images";
    static final String WINDOWS = "live-windows";
    static final String OUTCOMES = "live-outcomes";
    static final String PROGRESS = "live-progress";

    private static final String CLOCK = "clock";

    /// Where stream time was kept, in eight bytes, before the join had a clock.
    private static final String UNVERSIONED_TIME = "time";

    private static final Logger LOG = LoggerFactory.getLogger(JoinPredictionWithLabelProcessor.class);

    private final LiveModel settings;
    private final LiveMeters meters;
    private final long window;
    private ProcessorContext<String, Object> context;
    private KeyValueStore<String, byte[]> progress;
    private OutcomeStore images;
    private LiveWindows windows;
    private DriftWatch drift;
    private JoinClock clock;

    JoinPredictionWithLabelProcessor(LiveModel settings, LiveMeters meters) {
        this.settings = settings;
        this.meters = meters;
        this.window = settings.live().labelWindow().toMillis();
    }

    @Override
    public void init(ProcessorContext<String, Object> context) {
        this.context = context;
        progress = context.getStateStore(PROGRESS);
        images = new OutcomeStore(context.getStateStore(IMAGES));
        clock = restoredClock();
        windows = new LiveWindows(context.getStateStore(WINDOWS), progress, settings, clock.reported());
        drift = new DriftWatch(progress, context.getStateStore(OUTCOMES), settings);
    }

    private JoinClock restoredClock() {
        byte[] state = progress.get(CLOCK);
        if (state != null) {
            return JoinClock.fromBytes(state);
        }
        byte[] unversioned = progress.get(UNVERSIONED_TIME);
        return unversioned == null
                ? new JoinClock()
                : JoinClock.at(ByteBuffer.wrap(unversioned).getLong());
    }

    @Override
    public void process(Record<byte[], OutcomeEvent> record) {
        OutcomeEvent input = record.value();
        clock.advance(input.clock(), record.timestamp(), input.arrivedAt());
        progress.put(CLOCK, clock.toBytes());
        closeOverdue(clock.time());
        PendingOutcome known = known(record);
        switch (input) {
            case OutcomeEvent.Predicted predicted -> predicted(record, known, predicted);
            case OutcomeEvent.Labeled labeled -> labeled(record, known, labeled);
        }
        // What has just come may be overdue already, or too much.
        closeOverdue(clock.time());
        closeSurplus();
        report();
    }

    /// What is remembered of a record's image. It has ended for a record that is late enough, wherever the clock is.
    private @Nullable PendingOutcome known(Record<byte[], OutcomeEvent> record) {
        PendingOutcome known = images.get(record.key()).orElse(null);
        if (known == null) {
            return null;
        }
        Entry entry = new Entry(record.key(), known);
        if (known.state().open() && known.since() + window < record.timestamp()) {
            closeOverdue(entry);
            known = images.get(record.key()).orElse(null);
        }
        if (known != null && !known.state().open() && known.since() + 2 * window < record.timestamp()) {
            images.forget(new Entry(record.key(), known));
            return null;
        }
        return known;
    }

    private void report() {
        for (DriftWatch.Alarm alarm : drift.watch(clock.reported())) {
            meters.drift(alarm.event());
            log(alarm.event());
            context.forward(
                    new Record<>(settings.model(), alarm.event(), alarm.at().toEpochMilli()),
                    LiveAccuracy.WRITE_DRIFT_EVENTS);
        }
        for (LiveEvaluation over : windows.over(clock.reported())) {
            context.forward(
                    new Record<>(settings.model(), over, over.window().end().toEpochMilli()),
                    LiveAccuracy.WRITE_LIVE_EVALUATIONS);
        }
    }

    private static void log(DriftEvent drift) {
        LOG.info(
                "drift of model {} at version {}: the error of {} outcomes is {}, that of {} before was {} ({})",
                drift.model(),
                drift.version(),
                drift.after().examples(),
                drift.after().rate(),
                drift.before().examples(),
                drift.before().rate(),
                drift.detector());
    }

    private void predicted(
            Record<byte[], OutcomeEvent> record, @Nullable PendingOutcome known, OutcomeEvent.Predicted prediction) {
        if (known == null) {
            images.add(record.key(), PendingOutcome.predicted(prediction, record.timestamp()));
        } else if (known.state() == PendingOutcome.State.LABELED) {
            duplicates(record, prediction.version(), known.duplicates());
            joined(record, known, new Outcome(prediction.version(), known.label(), prediction.label()));
        }
        // Else the image has a prediction: the first counts.
    }

    private void labeled(
            Record<byte[], OutcomeEvent> record, @Nullable PendingOutcome known, OutcomeEvent.Labeled label) {
        if (known == null) {
            images.add(record.key(), PendingOutcome.labeled(label, record.timestamp()));
            return;
        }
        switch (known.state()) {
            case PREDICTED -> joined(record, known, new Outcome(known.version(), label.label(), known.label()));
            case LABELED -> images.replace(record.key(), known, known.withDuplicate());
            case JOINED -> duplicates(record, known.version(), 1);
            case CLOSED -> {
                meters.lateLabel();
                windows.count(now(record), known.version(), counts -> counts.lateLabels++);
            }
        }
    }

    /// In which window a record counts for itself.
    private long now(Record<byte[], OutcomeEvent> record) {
        return Math.max(clock.reported(), record.timestamp());
    }

    private record Outcome(long version, int label, int prediction) {
        private boolean correct() {
            return label == prediction;
        }
    }

    private void joined(Record<byte[], OutcomeEvent> second, PendingOutcome first, Outcome outcome) {
        images.replace(second.key(), first, first.settled(PendingOutcome.State.JOINED, outcome.version()));
        long later = Math.max(first.since(), second.timestamp());
        meters.outcome(outcome.label(), outcome.prediction());
        windows.count(later, outcome.version(), counts -> counts.outcome(outcome.label(), outcome.prediction()));
        if (!drift.add(later, second.key(), outcome.version(), outcome.correct())) {
            meters.unwatched();
        }
    }

    private void duplicates(Record<byte[], OutcomeEvent> record, long version, int count) {
        if (count > 0) {
            meters.duplicateLabels(count);
            windows.count(now(record), version, counts -> counts.duplicateLabels += count);
        }
    }

    private void closeOverdue(long time) {
        images.openBefore(time - window, this::closeOverdue);
        images.forgetSettledBefore(time - 2 * window);
    }

    private void closeOverdue(Entry entry) {
        PendingOutcome image = entry.image();
        count(image, image.since() + window);
        if (image.state() == PendingOutcome.State.PREDICTED) {
            images.replace(entry.id(), image, image.settled(PendingOutcome.State.CLOSED, image.version()));
        } else {
            images.forget(entry);
        }
    }

    private void closeSurplus() {
        while (images.bytes() > settings.live().maxBytes()) {
            Entry entry = images.leastMissed().orElseThrow();
            if (entry.image().state().open()) {
                count(entry.image(), clock.reported());
            }
            images.forget(entry);
        }
    }

    /// Counts what found no partner.
    private void count(PendingOutcome image, long when) {
        if (image.state() == PendingOutcome.State.PREDICTED) {
            meters.predictionWithoutLabel();
            windows.count(when, image.version(), counts -> counts.predictionsWithoutLabel++);
        } else {
            int labels = 1 + image.duplicates();
            meters.labelsWithoutPrediction(labels);
            windows.count(when, LiveWindows.NO_VERSION, counts -> counts.labelsWithoutPrediction += labels);
        }
    }
}
