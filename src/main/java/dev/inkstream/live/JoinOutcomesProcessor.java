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
final class JoinOutcomesProcessor implements Processor<byte[], byte[], Integer, byte[]> {
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
    public void process(Record<byte[], byte[]> record) {
        EventBatch.fromBytes(record.value()).forEach(this::process);
        store();
    }

    private void process(OutcomeEvent event) {
        clock.advance(event.clock(), event.time(), event.arrivedAt());
        expire();
        PendingOutcome known = known(event);
        if (event.isLabel()) {
            labeled(event, known);
        } else {
            predicted(event, known);
        }
        // The record itself may have expired already, or take too much memory.
        expire();
        held.evict(settings.maxBytesPerPartition(), this::evict);
        if (batch.isDue(clock)) {
            send(batch.take(clock));
        }
    }

    private void store() {
        progress.put(CLOCK, clock.toBytes());
        if (batch.hasChanged()) {
            progress.put(BATCH, batch.toBytes());
        }
    }

    /// The held entry of a record's image. It also expires if this record is more than a window later, even if stream
    /// time is not.
    private @Nullable PendingOutcome known(OutcomeEvent event) {
        PendingOutcome known = held.get(event.id());
        while (known != null && known.time() + window < event.time()) {
            expire(event.id(), known);
            known = held.get(event.id());
        }
        return known;
    }

    private void predicted(OutcomeEvent prediction, @Nullable PendingOutcome known) {
        PendingOutcome arrived = PendingOutcome.of(prediction);
        if (known == null) {
            held.put(prediction.id(), null, arrived);
        } else if (known.state() != PendingOutcome.State.LABELED) {
            return; // The image has a prediction: the first counts.
        } else if (isTooEarlyFor(known, prediction)) {
            countWithout(arrived, prediction.time() + window);
        } else {
            duplicates(prediction, prediction.version(), known.duplicates());
            join(prediction, known);
        }
    }

    private void labeled(OutcomeEvent label, @Nullable PendingOutcome known) {
        PendingOutcome arrived = PendingOutcome.of(label);
        if (known == null) {
            held.put(label.id(), null, arrived);
            return;
        }
        switch (known.state()) {
            case PREDICTED -> {
                if (isTooEarlyFor(known, label)) {
                    countWithout(arrived, label.time() + window);
                } else {
                    join(label, known);
                }
            }
            case LABELED -> held.put(label.id(), known, known.withDuplicate());
            case JOINED -> duplicates(label, known.version(), 1);
            case CLOSED -> {
                meters.lateLabel();
                add(Counted.unmatched(Counted.Kind.LATE_LABEL, now(label), known.version(), 1));
            }
        }
    }

    /// Whether the held record is more than one window later than this record.
    private boolean isTooEarlyFor(PendingOutcome known, OutcomeEvent event) {
        return event.time() + window < known.time();
    }

    private void join(OutcomeEvent second, PendingOutcome first) {
        long later = Math.max(first.time(), second.time());
        Counted outcome = second.isLabel()
                ? Counted.outcome(later, first.version(), second.label(), first.label(), first.shadow())
                : Counted.outcome(later, second.version(), first.label(), second.label(), second.shadow());
        held.put(second.id(), first, first.settled(PendingOutcome.State.JOINED, later, outcome.version()));
        meters.outcome(outcome);
        add(outcome);
    }

    private void duplicates(OutcomeEvent event, long version, int count) {
        if (count > 0) {
            meters.duplicateLabels(count);
            add(Counted.unmatched(Counted.Kind.DUPLICATE_LABEL, now(event), version, count));
        }
    }

    /// The time at which a late or duplicate label is counted.
    private long now(OutcomeEvent event) {
        return Math.max(clock.reported(), event.time());
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

    /// Counts a record without a match.
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
