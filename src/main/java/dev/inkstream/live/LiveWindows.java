package dev.inkstream.live;

import dev.inkstream.record.LiveEvaluation;
import dev.inkstream.record.StateFormat;
import dev.inkstream.stream.ModelMismatchException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/// The counts of the open windows, all of them in a store. Not thread-safe.
///
/// Windows follow each other without gap or overlap, from 1970 on. A count for a published window goes to the first
/// open window: a window is published once, and nothing is lost. If their length has changed over a restart, the window
/// that was open ends with the shorter of the two, and the next is as short as it must be to begin there.
final class LiveWindows {
    /// In place of a version: counts of labels without a prediction.
    static final long NO_VERSION = -1;

    private static final String OPEN = "window";

    /// Counts kept outside the store: with 500 classes, each takes 2 MB.
    private static final int MAX_CHANGED = 8;

    private static final byte[] FIRST = key(0, NO_VERSION);

    /// Keys: 8 bytes of the window's start, 8 bytes of version + 1.
    private final KeyValueStore<byte[], byte[]> windows;

    /// One entry, [#OPEN]: start and end of the window that is open, and the number of classes that are counted.
    private final KeyValueStore<String, byte[]> progress;

    private final String model;
    private final int classes;
    private final long length;
    private Window open;

    /// Counts changed since the last flush.
    private final Map<Slot, LiveCounts> changed = new HashMap<>();

    /// Keys present in the store.
    private record Slot(long start, long version) implements Comparable<Slot> {
        @Override
        public int compareTo(Slot other) {
            return start == other.start ? Long.compare(version, other.version) : Long.compare(start, other.start);
        }
    }

    private record Window(long start, long end) {}

    /// What [#OPEN] holds: a window, and the number of classes.
    record Progress(long start, long end, int classes) {
        private static final StateFormat FORMAT = StateFormat.first("evaluator's state of the open window");

        byte[] toBytes() {
            return FORMAT.writer().number(start).number(end).number(classes).toBytes();
        }

        static Progress fromBytes(byte[] bytes) {
            if (StateFormat.isUnversioned(bytes)) {
                ByteBuffer in = ByteBuffer.wrap(bytes);
                return new Progress(in.getLong(), in.getLong(), in.getInt());
            }
            return FORMAT.read(bytes, in -> new Progress(in.number(), in.number(), in.smallNumber()));
        }
    }

    /// @param time stream time up to which windows have been published
    /// @throws ModelMismatchException if another number of classes has been counted
    LiveWindows(
            KeyValueStore<byte[], byte[]> windows,
            KeyValueStore<String, byte[]> progress,
            LiveModel settings,
            long time) {
        this.windows = windows;
        this.progress = progress;
        this.model = settings.model();
        this.classes = settings.format().classes();
        this.length = settings.live().evaluateEvery().toMillis();
        byte[] before = progress.get(OPEN);
        this.open = before == null ? new Window(0, 0) : restored(before, time);
    }

    private Window restored(byte[] bytes, long time) {
        Progress before = Progress.fromBytes(bytes);
        if (before.classes() != classes) {
            throw ModelMismatchException.ofEvaluator(model, before.classes(), classes);
        }
        long end = time < before.start()
                ? before.end()
                : Math.min(before.end(), aligned(time).end());
        return new Window(before.start(), end);
    }

    /// Changes the counts of one version in the window of a time. [#over] stores them.
    void count(long time, long version, Consumer<LiveCounts> change) {
        if (changed.size() >= MAX_CHANGED) {
            flush();
        }
        change.accept(changed.computeIfAbsent(new Slot(window(time).start(), version), this::counts));
    }

    private LiveCounts counts(Slot slot) {
        byte[] before = windows.get(key(slot.start(), slot.version()));
        return before == null ? new LiveCounts(classes) : LiveCounts.fromBytes(before, classes);
    }

    /// Stores what has been counted, and takes out the windows that are over at a stream time, oldest first and by
    /// version.
    List<LiveEvaluation> over(long time) {
        flush();
        if (time < open.end()) {
            return List.of();
        }
        Window now = window(time);
        if (now.start() == 0) {
            // Time has not come to any partition yet.
            open(now);
            return List.of();
        }
        SortedMap<Slot, LiveCounts> over = new TreeMap<>();
        List<byte[]> keys = new ArrayList<>();
        try (KeyValueIterator<byte[], byte[]> range = windows.range(FIRST, key(now.start() - 1, Long.MAX_VALUE - 1))) {
            while (range.hasNext()) {
                KeyValue<byte[], byte[]> next = range.next();
                keys.add(next.key);
                over.merge(slot(next.key), LiveCounts.fromBytes(next.value, classes), LiveCounts::plus);
            }
        }
        keys.forEach(windows::delete);
        List<LiveEvaluation> evaluations = over.entrySet().stream()
                .map(entry -> evaluation(entry.getKey(), entry.getValue()))
                .toList();
        open(now);
        return evaluations;
    }

    private void flush() {
        changed.forEach((slot, counts) -> windows.put(key(slot.start(), slot.version()), counts.toBytes()));
        changed.clear();
    }

    /// Maps a stored key to a window. If windows became longer, several keys map to one.
    private Slot slot(byte[] key) {
        ByteBuffer in = ByteBuffer.wrap(key);
        return new Slot(window(in.getLong()).start(), in.getLong() - 1);
    }

    private LiveEvaluation evaluation(Slot slot, LiveCounts counts) {
        Window window = window(slot.start());
        long version = slot.version();
        return new LiveEvaluation(
                model,
                version == NO_VERSION ? OptionalLong.empty() : OptionalLong.of(version),
                new LiveEvaluation.Window(Instant.ofEpochMilli(window.start()), Instant.ofEpochMilli(window.end())),
                counts.confusion(),
                counts.unmatched());
    }

    private void open(Window now) {
        open = now;
        progress.put(OPEN, new Progress(open.start(), open.end(), classes).toBytes());
    }

    /// The window that counts a record of this time.
    private Window window(long time) {
        if (time < open.end()) {
            return open;
        }
        Window whole = aligned(time);
        return new Window(Math.max(whole.start(), open.end()), whole.end());
    }

    private Window aligned(long time) {
        long start = time - time % length;
        return new Window(start, start + length);
    }

    static byte[] key(long start, long version) {
        return ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(start)
                .putLong(version + 1)
                .array();
    }
}
