package dev.inkstream.live;

import dev.inkstream.record.DriftEvent;
import dev.inkstream.record.StateFormat;
import dev.inkstream.record.StateReader;
import dev.inkstream.stream.TimeIndex;
import dev.inkstream.stream.TimeIndex.Held;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/// Watches the error of served predictions and emits an event when it rose. A falling error emits none: it only
/// shrinks the window. Its state lies in two stores. Not thread-safe.
///
/// Outcomes are watched in the order of their time. They become known in another one: partitions are read in turns,
/// many records at a time, and what one version did in one partition comes after what a later one did in the other.
/// So each is kept until stream time is a while past it; where stream time stands still, until there are too many.
/// An outcome that comes later than one that has been watched is left out: after a change, outcomes of before it would
/// look like a recovery, and the next ones like a second change.
final class DriftWatch {
    /// Outcomes that make an error rate worth comparing with. While the stream changes from one to another, the
    /// rates in between last less; each of them would be told as a rise of its own.
    private static final long SETTLED = 300;

    private static final String KEY = "drift";
    private static final String WATCHED = "drift-watched";
    private static final StateFormat WATCHED_FORMAT =
            StateFormat.first("evaluator's state of the time watched for drift");
    private static final int VALUE_BYTES = Long.BYTES + 1;
    private static final int ENTRY_BYTES = Long.BYTES + VALUE_BYTES;

    /// Memory for the outcomes that wait: at the usual delay enough for 6,000 a second.
    private static final long MAX_WAITING_BYTES = 16_000_000;

    private final KeyValueStore<String, byte[]> state;
    /// Keys: 8 bytes of time, then the image's id. Values: [Waiting].
    private final KeyValueStore<byte[], byte[]> waiting;

    private final TimeIndex order = new TimeIndex();
    private final String model;
    private final String detector;
    private final long delay;
    private final Adwin adwin;
    /// Time of the latest outcome that has been watched.
    private long watched;

    /// A rise, with the time of the outcome that gave the alarm.
    record Alarm(Instant at, DriftEvent event) {}

    /// An outcome that waits for its turn.
    record Waiting(long version, boolean correct) {
        private static final StateFormat FORMAT = StateFormat.first("evaluator's state live-outcomes");

        byte[] toBytes() {
            return FORMAT.writer().number(version).flag(correct).toBytes();
        }

        static Waiting fromBytes(byte[] bytes) {
            if (StateFormat.isUnversioned(bytes)) {
                ByteBuffer in = ByteBuffer.wrap(bytes);
                return new Waiting(in.getLong(), in.get() == 1);
            }
            return FORMAT.read(bytes, in -> new Waiting(in.number(), in.flag()));
        }
    }

    DriftWatch(KeyValueStore<String, byte[]> state, KeyValueStore<byte[], byte[]> waiting, LiveModel settings) {
        double delta = settings.live().driftDelta();
        this.state = state;
        this.waiting = waiting;
        this.model = settings.model();
        this.delay = settings.live().driftDelay().toMillis();
        this.detector = String.format(Locale.ROOT, "ADWIN2, delta %s", delta);
        byte[] before = state.get(KEY);
        this.adwin = before == null ? new Adwin(delta) : Adwin.fromBytes(before, delta);
        byte[] time = state.get(WATCHED);
        this.watched = time == null ? 0 : watchedFromBytes(time);
        try (KeyValueIterator<byte[], byte[]> all = waiting.all()) {
            while (all.hasNext()) {
                byte[] key = all.next().key;
                order.add(ByteBuffer.wrap(key).getLong(), Arrays.copyOfRange(key, Long.BYTES, key.length), ENTRY_BYTES);
            }
        }
    }

    /// Keeps an outcome until it is its turn. Of one image there is one at a time.
    ///
    /// @param version made the prediction
    /// @return false if its turn is over
    boolean add(long time, byte[] id, long version, boolean correct) {
        if (time < watched) {
            return false;
        }
        byte[] key = key(time, id);
        if (waiting.get(key) == null) {
            order.add(time, id, ENTRY_BYTES);
        }
        waiting.put(key, new Waiting(version, correct).toBytes());
        return true;
    }

    /// Watches all whose turn it is at a stream time, and the oldest of those that are too many.
    List<Alarm> watch(long time) {
        List<Alarm> alarms = new ArrayList<>();
        boolean changed = false;
        Optional<Held> next = order.oldest();
        while (next.isPresent() && (next.get().time() < time - delay || order.bytes() > MAX_WAITING_BYTES)) {
            take(next.get()).ifPresent(alarms::add);
            changed = true;
            next = order.oldest();
        }
        if (changed) {
            state.put(KEY, adwin.toBytes());
            state.put(WATCHED, watchedToBytes(watched));
        }
        return alarms;
    }

    private Optional<Alarm> take(Held outcome) {
        Waiting value = Waiting.fromBytes(waiting.delete(key(outcome.time(), outcome.id())));
        order.remove(outcome.time(), outcome.id());
        watched = outcome.time();
        return watch(value.version(), value.correct())
                .map(event -> new Alarm(Instant.ofEpochMilli(outcome.time()), event));
    }

    static byte[] watchedToBytes(long time) {
        return WATCHED_FORMAT.writer().number(time).toBytes();
    }

    static long watchedFromBytes(byte[] bytes) {
        return WATCHED_FORMAT.read(bytes, StateReader::number);
    }

    static byte[] key(long time, byte[] id) {
        return ByteBuffer.allocate(Long.BYTES + id.length).putLong(time).put(id).array();
    }

    private Optional<DriftEvent> watch(long version, boolean correct) {
        return adwin.add(!correct)
                .filter(change -> change.rose() && change.examplesBefore() >= SETTLED)
                .map(rise -> new DriftEvent(
                        model,
                        version,
                        new DriftEvent.ErrorRate(rise.before(), rise.examplesBefore()),
                        new DriftEvent.ErrorRate(rise.after(), rise.examplesAfter()),
                        detector));
    }
}
