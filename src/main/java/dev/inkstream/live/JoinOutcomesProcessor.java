package dev.inkstream.live;

import dev.inkstream.stream.HeldStore;
import dev.inkstream.stream.JoinClock;
import java.time.Duration;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/// Joins predictions with labels by image id in one partition, and sends what it finds to the sum in batches. The rules
/// are in `docs/adr/0005-live-accuracy.md` and `docs/adr/0012-one-join.md`.
///
/// It knows no time but its [JoinClock]'s, and keeps no state but its stores': what it finds is a function of the
/// records, however often it is stopped between two of them.
final class JoinOutcomesProcessor implements Processor<byte[], OutcomeEvent, Integer, byte[]> {
    static final String OUTCOMES = "outcomes-by-image-id";
    static final String PROGRESS = "outcomes-progress";

    private static final Duration SILENCE = Duration.ofSeconds(1);
    private static final String CLOCK = "clock";
    private static final String BATCH = "batch";

    private final LiveSettings settings;
    private final LiveMeters meters;
    private final long window;
    private ProcessorContext<Integer, byte[]> context;
    private KeyValueStore<String, byte[]> progress;
    private HeldStore<PendingOutcome> held;
    private JoinClock clock;
    private OpenBatch batch;

    JoinOutcomesProcessor(LiveSettings settings, LiveMeters meters) {
        this.settings = settings;
        this.meters = meters;
        this.window = settings.labelWindow().toMillis();
    }

    @Override
    public void init(ProcessorContext<Integer, byte[]> context) {
        this.context = context;
        progress = context.getStateStore(PROGRESS);
        held = new HeldStore<>(context.getStateStore(OUTCOMES), PendingOutcome::fromBytes);
        byte[] time = progress.get(CLOCK);
        clock = time == null ? new JoinClock() : JoinClock.fromBytes(time);
        byte[] open = progress.get(BATCH);
        batch = open == null ? new OpenBatch() : OpenBatch.fromBytes(open);
        context.schedule(SILENCE, PunctuationType.WALL_CLOCK_TIME, now -> sendInSilence());
    }

    /// Without further records, a batch would wait for the next. What is counted does not depend on when it is sent.
    private void sendInSilence() {
        if (!batch.isEmpty()) {
            send(batch.takeEarly(clock));
            store();
        }
    }

    @Override
    public void process(Record<byte[], OutcomeEvent> record) {
        OutcomeEvent event = record.value();
        clock.advance(event.clock(), record.timestamp(), event.arrivedAt());
        expire();
        PendingOutcome known = known(record);
        switch (event) {
            case OutcomeEvent.Predicted predicted -> predicted(record, known, predicted);
            case OutcomeEvent.Labeled labeled -> labeled(record, known, labeled);
        }
        // The record itself may have expired already, or take too much memory.
        expire();
        held.evict(settings.maxBytesPerPartition(), this::evict);
        if (batch.isDue(clock)) {
            send(batch.take(clock));
        }
        store();
    }

    private void store() {
        progress.put(CLOCK, clock.toBytes());
        if (batch.hasChanged()) {
            progress.put(BATCH, batch.toBytes());
        }
    }

    /// What is held of a record's image. It has expired for a record that is late enough, wherever the clock is.
    private @Nullable PendingOutcome known(Record<byte[], OutcomeEvent> record) {
        PendingOutcome known = held.get(record.key());
        while (known != null && known.time() + window < record.timestamp()) {
            expire(record.key(), known);
            known = held.get(record.key());
        }
        return known;
    }

    private void predicted(
            Record<byte[], OutcomeEvent> record, @Nullable PendingOutcome known, OutcomeEvent.Predicted prediction) {
        PendingOutcome arrived = PendingOutcome.predicted(prediction, record.timestamp());
        if (known == null) {
            held.put(record.key(), null, arrived);
        } else if (known.state() != PendingOutcome.State.LABELED) {
            return; // The image has a prediction: the first counts.
        } else if (isTooEarlyFor(known, record)) {
            countWithout(arrived, record.timestamp() + window);
        } else {
            duplicates(record, prediction.version(), known.duplicates());
            join(record, known, prediction.version(), known.label(), prediction.label());
        }
    }

    private void labeled(
            Record<byte[], OutcomeEvent> record, @Nullable PendingOutcome known, OutcomeEvent.Labeled label) {
        PendingOutcome arrived = PendingOutcome.labeled(label, record.timestamp());
        if (known == null) {
            held.put(record.key(), null, arrived);
            return;
        }
        switch (known.state()) {
            case PREDICTED -> {
                if (isTooEarlyFor(known, record)) {
                    countWithout(arrived, record.timestamp() + window);
                } else {
                    join(record, known, known.version(), label.label(), known.label());
                }
            }
            case LABELED -> held.put(record.key(), known, known.withDuplicate());
            case JOINED -> duplicates(record, known.version(), 1);
            case CLOSED -> {
                meters.lateLabel();
                add(Counted.unmatched(Counted.Kind.LATE_LABEL, now(record), known.version(), 1));
            }
        }
    }

    /// Whether the window of a record ended before what waits for it was made.
    private boolean isTooEarlyFor(PendingOutcome known, Record<byte[], OutcomeEvent> record) {
        return record.timestamp() + window < known.time();
    }

    private void join(
            Record<byte[], OutcomeEvent> second, PendingOutcome first, long version, int label, int prediction) {
        long later = Math.max(first.time(), second.timestamp());
        held.put(second.key(), first, first.settled(PendingOutcome.State.JOINED, later, version));
        meters.outcome(label, prediction);
        add(Counted.outcome(later, version, label, prediction));
    }

    private void duplicates(Record<byte[], OutcomeEvent> record, long version, int count) {
        if (count > 0) {
            meters.duplicateLabels(count);
            add(Counted.unmatched(Counted.Kind.DUPLICATE_LABEL, now(record), version, count));
        }
    }

    /// The time of what a record is counted for by itself.
    private long now(Record<byte[], OutcomeEvent> record) {
        return Math.max(clock.reported(), record.timestamp());
    }

    private void expire() {
        held.expire(clock.time() - window, this::expire);
    }

    private void expire(byte[] id, PendingOutcome entry) {
        long end = entry.time() + window;
        if (entry.waits()) {
            countWithout(entry, end);
        }
        if (entry.state() == PendingOutcome.State.PREDICTED) {
            held.put(id, entry, entry.settled(PendingOutcome.State.CLOSED, end, entry.version()));
        } else {
            held.remove(id, entry);
        }
    }

    private void evict(byte[] id, PendingOutcome entry) {
        if (entry.waits()) {
            countWithout(entry, clock.reported());
        }
        held.remove(id, entry);
    }

    /// Counts what found no partner.
    private void countWithout(PendingOutcome entry, long when) {
        if (entry.state() == PendingOutcome.State.PREDICTED) {
            meters.predictionWithoutLabel();
            add(Counted.unmatched(Counted.Kind.PREDICTION_WITHOUT_LABEL, when, entry.version(), 1));
        } else {
            int labels = 1 + entry.duplicates();
            meters.labelsWithoutPrediction(labels);
            add(Counted.unmatched(Counted.Kind.LABEL_WITHOUT_PREDICTION, when, LiveWindows.NO_VERSION, labels));
        }
    }

    private void add(Counted counted) {
        batch.add(counted);
        if (batch.isFull()) {
            send(batch.takeEarly(clock));
        }
    }

    private void send(byte[] bytes) {
        context.forward(new Record<>(context.taskId().partition(), bytes, clock.reported()));
    }
}
