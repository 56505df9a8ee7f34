package dev.inkstream.live;

import dev.inkstream.record.DriftEvent;
import dev.inkstream.record.StateFormat;
import dev.inkstream.record.StateReader;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/// Watches the error of served predictions, and emits an event when it rose. A falling error emits none: it only
/// shrinks the window. Its state lies in two stores. Not thread-safe.
///
/// The detector takes outcomes in the order of their time, but partitions are read in turns, many records at a time:
/// what one version did in one partition becomes known after what a later version did in another. So outcomes are
/// counted in slices of a tenth of a second, and a slice waits until stream time is a while past it. An outcome whose
/// slice has been watched is left out: after a change, outcomes of before it would look like a recovery, and the next
/// ones like a second change.
final class DriftWatch {
    /// Outcomes that make an error rate worth comparing with. While the stream changes from one to another, the
    /// rates in between last less; each of them would be reported as a rise of its own.
    private static final long SETTLED = 300;

    private static final long SLICE_MILLIS = 100;

    /// The most slices that wait, if stream time stands still: the oldest are then watched early.
    static final int MAX_SLICES = 10_000;

    private static final String KEY = "drift";
    private static final String WATCHED = "drift-watched";
    private static final StateFormat WATCHED_FORMAT =
            StateFormat.first("evaluator's state of the time watched for drift");
    private static final long NEVER = -1;

    private final KeyValueStore<String, byte[]> state;
    /// By 8 bytes of the slice's start.
    private final KeyValueStore<byte[], byte[]> store;

    /// What is in the store, and what has changed since it was stored.
    private final TreeMap<Long, Slice> waiting = new TreeMap<>();

    private final Map<Long, Slice> changed = new HashMap<>();
    private final String model;
    private final String detector;
    private final long delay;
    private final Adwin adwin;
    /// Start of the latest slice that has been watched.
    private long watched;

    /// A rise, with the time of the slice that gave the alarm.
    record Alarm(Instant at, DriftEvent event) {}

    /// Outcomes of one slice: how many, how many of them wrong, and the highest version among them.
    record Slice(long version, long examples, long errors) {
        private static final StateFormat FORMAT = StateFormat.first("evaluator's state live-slices");

        private Slice with(long otherVersion, boolean correct) {
            return new Slice(Math.max(version, otherVersion), examples + 1, errors + (correct ? 0 : 1));
        }

        byte[] toBytes() {
            return FORMAT.writer()
                    .number(version)
                    .number(examples)
                    .number(errors)
                    .toBytes();
        }

        static Slice fromBytes(byte[] bytes) {
            return FORMAT.read(bytes, in -> new Slice(in.number(), in.number(), in.number()));
        }
    }

    DriftWatch(KeyValueStore<String, byte[]> state, KeyValueStore<byte[], byte[]> store, LiveModel settings) {
        double delta = settings.live().driftDelta();
        this.state = state;
        this.store = store;
        this.model = settings.model();
        this.delay = settings.live().driftDelay().toMillis();
        this.detector = String.format(Locale.ROOT, "ADWIN2, delta %s", delta);
        byte[] before = state.get(KEY);
        this.adwin = before == null ? new Adwin(delta) : Adwin.fromBytes(before, delta);
        byte[] time = state.get(WATCHED);
        this.watched = time == null ? NEVER : watchedFromBytes(time);
        try (KeyValueIterator<byte[], byte[]> all = store.all()) {
            all.forEachRemaining(next -> waiting.put(ByteBuffer.wrap(next.key).getLong(), Slice.fromBytes(next.value)));
        }
    }

    /// Keeps an outcome until it is its turn; [#watch] stores it.
    ///
    /// @param version made the prediction
    /// @return false if its turn is over
    boolean add(long time, long version, boolean correct) {
        long start = time - time % SLICE_MILLIS;
        if (start <= watched) {
            return false;
        }
        Slice slice = waiting.getOrDefault(start, new Slice(version, 0, 0)).with(version, correct);
        waiting.put(start, slice);
        changed.put(start, slice);
        return true;
    }

    /// Watches the slices whose turn it is at a stream time, and the oldest of those that are too many.
    List<Alarm> watch(long time) {
        List<Alarm> alarms = new ArrayList<>();
        long before = watched;
        while (!waiting.isEmpty() && (isDue(waiting.firstKey(), time) || waiting.size() > MAX_SLICES)) {
            take(waiting.pollFirstEntry()).ifPresent(alarms::add);
        }
        changed.forEach((start, slice) -> store.put(key(start), slice.toBytes()));
        changed.clear();
        if (watched != before) {
            state.put(KEY, adwin.toBytes());
            state.put(WATCHED, watchedToBytes(watched));
        }
        return alarms;
    }

    private boolean isDue(long start, long time) {
        return start + SLICE_MILLIS <= time - delay;
    }

    private Optional<Alarm> take(Map.Entry<Long, Slice> next) {
        watched = next.getKey();
        changed.remove(watched);
        store.delete(key(watched));
        return watch(next.getValue()).map(event -> new Alarm(Instant.ofEpochMilli(watched), event));
    }

    /// The errors of a slice are spread evenly over its outcomes. Of two rises in one slice the first counts.
    private Optional<DriftEvent> watch(Slice slice) {
        Optional<DriftEvent> rise = Optional.empty();
        long errors = 0;
        for (long i = 1; i <= slice.examples(); i++) {
            boolean error = i * slice.errors() / slice.examples() > errors;
            errors += error ? 1 : 0;
            Optional<DriftEvent> next =
                    adwin.add(error).filter(DriftWatch::isRise).map(c -> event(slice, c));
            rise = rise.or(() -> next);
        }
        return rise;
    }

    private static boolean isRise(Adwin.Change change) {
        return change.rose() && change.examplesBefore() >= SETTLED;
    }

    private DriftEvent event(Slice slice, Adwin.Change rise) {
        return new DriftEvent(
                model,
                slice.version(),
                new DriftEvent.ErrorRate(rise.before(), rise.examplesBefore()),
                new DriftEvent.ErrorRate(rise.after(), rise.examplesAfter()),
                detector);
    }

    static byte[] watchedToBytes(long time) {
        return WATCHED_FORMAT.writer().number(time).toBytes();
    }

    static long watchedFromBytes(byte[] bytes) {
        return WATCHED_FORMAT.read(bytes, StateReader::number);
    }

    static byte[] key(long start) {
        return ByteBuffer.allocate(Long.BYTES).putLong(start).array();
    }
}
