package dev.inkstream.stream;

import dev.inkstream.record.DriftEvent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/// Watches the error of served predictions and tells when it rose. That it fell is no news: the window just starts
/// anew. Its state lies in two stores. Not thread-safe.
///
/// Outcomes are watched in the order of their time. They become known in another one: partitions are read in turns,
/// many records at a time, and what one version did in one partition comes after what a later one did in the other.
/// So each is kept until stream time is a while past it.
final class DriftWatch {
    /// Outcomes that make an error rate worth comparing with. While the stream changes from one to another, the
    /// rates in between last less; each of them would be told as a rise of its own.
    private static final long SETTLED = 300;

    private static final String KEY = "drift";
    private static final byte[] FIRST = new byte[Long.BYTES];

    private final KeyValueStore<String, byte[]> state;
    /// Keys: 8 bytes of time, then the image's id. Values: 8 bytes of version, then 1 if the prediction was right.
    private final KeyValueStore<byte[], byte[]> waiting;

    private final String model;
    private final String detector;
    private final long delay;
    private final Adwin adwin;

    /// A rise, with the time of the outcome that gave the alarm.
    record Alarm(Instant at, DriftEvent event) {}

    DriftWatch(
            KeyValueStore<String, byte[]> state,
            KeyValueStore<byte[], byte[]> waiting,
            EvaluatorTopology.Settings settings) {
        double delta = settings.live().driftDelta();
        this.state = state;
        this.waiting = waiting;
        this.model = settings.model();
        this.delay = settings.live().driftDelay().toMillis();
        this.detector = String.format(Locale.ROOT, "ADWIN2, delta %s", delta);
        byte[] before = state.get(KEY);
        this.adwin = before == null ? new Adwin(delta) : Adwin.fromBytes(before, delta);
    }

    /// Keeps an outcome until it is its turn.
    ///
    /// @param version made the prediction
    void add(long time, String id, long version, boolean correct) {
        byte[] text = id.getBytes(StandardCharsets.UTF_8);
        byte[] key = ByteBuffer.allocate(Long.BYTES + text.length)
                .putLong(time)
                .put(text)
                .array();
        byte[] value = ByteBuffer.allocate(Long.BYTES + 1)
                .putLong(version)
                .put((byte) (correct ? 1 : 0))
                .array();
        waiting.put(key, value);
    }

    /// Watches all whose turn it is at a stream time.
    List<Alarm> watch(long time) {
        if (time <= delay) {
            return List.of();
        }
        byte[] last = ByteBuffer.allocate(Long.BYTES).putLong(time - delay).array();
        List<KeyValue<byte[], byte[]>> due = new ArrayList<>();
        try (KeyValueIterator<byte[], byte[]> range = waiting.range(FIRST, last)) {
            range.forEachRemaining(due::add);
        }
        List<Alarm> alarms = new ArrayList<>();
        for (KeyValue<byte[], byte[]> outcome : due) {
            waiting.delete(outcome.key);
            ByteBuffer value = ByteBuffer.wrap(outcome.value);
            Instant at = Instant.ofEpochMilli(ByteBuffer.wrap(outcome.key).getLong());
            watch(value.getLong(), value.get() == 1).ifPresent(event -> alarms.add(new Alarm(at, event)));
        }
        if (!due.isEmpty()) {
            state.put(KEY, adwin.toBytes());
        }
        return alarms;
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
