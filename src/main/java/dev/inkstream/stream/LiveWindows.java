package dev.inkstream.stream;

import dev.inkstream.record.LiveEvaluation;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/// The counts of the windows that are not over yet, all of them in a store. Not thread-safe.
///
/// Windows follow each other without gap or overlap, from 1970 on. What belongs to one that is over is counted in the
/// first that is not: a window is told once, and nothing is lost.
final class LiveWindows {
    /// In place of a version: counts of labels without a prediction.
    static final long NO_VERSION = -1;

    private static final byte[] FIRST = key(0, NO_VERSION);

    /// Keys: 8 bytes of the window's start, 8 bytes of version + 1.
    private final KeyValueStore<byte[], byte[]> windows;

    private final LiveSettings settings;
    private final String model;
    private final int classes;
    private long openFrom;

    /// @param time stream time up to which windows have been told
    LiveWindows(KeyValueStore<byte[], byte[]> windows, EvaluatorTopology.Settings settings, long time) {
        this.windows = windows;
        this.settings = settings.live();
        this.model = settings.model();
        this.classes = settings.format().classes();
        this.openFrom = start(time);
    }

    /// Changes the counts of one version in the window of a time.
    void count(long time, long version, Consumer<LiveCounts> change) {
        byte[] key = key(start(Math.max(time, openFrom)), version);
        byte[] before = windows.get(key);
        LiveCounts counts = before == null ? new LiveCounts(classes) : LiveCounts.fromBytes(before, classes);
        change.accept(counts);
        windows.put(key, counts.toBytes());
    }

    /// Takes out the windows that are over at a stream time, oldest first and by version.
    List<LiveEvaluation> over(long time) {
        long now = start(time);
        if (now == openFrom) {
            return List.of();
        }
        openFrom = now;
        List<LiveEvaluation> evaluations = new ArrayList<>();
        List<byte[]> told = new ArrayList<>();
        try (KeyValueIterator<byte[], byte[]> range = windows.range(FIRST, key(now - 1, Long.MAX_VALUE - 1))) {
            while (range.hasNext()) {
                KeyValue<byte[], byte[]> next = range.next();
                evaluations.add(evaluation(next.key, LiveCounts.fromBytes(next.value, classes)));
                told.add(next.key);
            }
        }
        told.forEach(windows::delete);
        return evaluations;
    }

    private LiveEvaluation evaluation(byte[] key, LiveCounts counts) {
        ByteBuffer in = ByteBuffer.wrap(key);
        Instant start = Instant.ofEpochMilli(in.getLong());
        long version = in.getLong() - 1;
        return new LiveEvaluation(
                model,
                version == NO_VERSION ? OptionalLong.empty() : OptionalLong.of(version),
                new LiveEvaluation.Window(start, start.plus(settings.evaluateEvery())),
                counts.confusion(),
                counts.unmatched());
    }

    private long start(long time) {
        return time - time % settings.evaluateEvery().toMillis();
    }

    private static byte[] key(long start, long version) {
        return ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(start)
                .putLong(version + 1)
                .array();
    }
}
