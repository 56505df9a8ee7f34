package dev.inkstream.stream;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/// The images remembered, by id and in the order of time. All of it lies in two stores; what is kept beside them can
/// be computed from them. Not thread-safe.
///
/// A store copies the keys of a range when it is asked for one, so a range is never wider than what is taken from it.
final class LiveImages {
    private final KeyValueStore<String, byte[]> images;
    /// Keys: 1 if nothing is waited for, else 0, then 8 bytes of `since`, then the id. Values are empty.
    private final KeyValueStore<byte[], byte[]> byTime;

    private final Kind open = new Kind((byte) 0);
    private final Kind settled = new Kind((byte) 1);

    /// How many images of a kind there are, and a time that none of them is older than.
    private static final class Kind {
        private final byte prefix;
        private long count;
        private long earliest = Long.MAX_VALUE;

        private Kind(byte prefix) {
            this.prefix = prefix;
        }

        private void add(LiveImage image) {
            count++;
            earliest = Math.min(earliest, image.since());
        }
    }

    /// An image with its id.
    record Entry(String id, LiveImage image) {}

    LiveImages(KeyValueStore<String, byte[]> images, KeyValueStore<byte[], byte[]> byTime) {
        this.images = images;
        this.byTime = byTime;
        try (KeyValueIterator<String, byte[]> all = images.all()) {
            while (all.hasNext()) {
                LiveImage image = LiveImage.fromBytes(all.next().value);
                kind(image).add(image);
            }
        }
    }

    /// How many are remembered.
    long size() {
        return open.count + settled.count;
    }

    Optional<LiveImage> get(String id) {
        return Optional.ofNullable(images.get(id)).map(LiveImage::fromBytes);
    }

    /// Remembers an image that is not remembered yet.
    void add(String id, LiveImage image) {
        put(id, image);
    }

    /// Puts an image in the place of what is remembered of it.
    void replace(String id, LiveImage before, LiveImage now) {
        byTime.delete(timeKey(before, id));
        kind(before).count--;
        put(id, now);
    }

    void forget(Entry entry) {
        images.delete(entry.id());
        byTime.delete(timeKey(entry.image(), entry.id()));
        kind(entry.image()).count--;
    }

    private void put(String id, LiveImage image) {
        images.put(id, image.toBytes());
        byTime.put(timeKey(image, id), new byte[0]);
        kind(image).add(image);
    }

    /// The images that wait for something and whose `since` is less than `before`, oldest first.
    List<Entry> openSince(long before) {
        return since(open, before);
    }

    /// The images that wait for nothing and whose `since` is less than `before`, oldest first.
    List<Entry> settledSince(long before) {
        return since(settled, before);
    }

    private List<Entry> since(Kind kind, long before) {
        if (before <= kind.earliest) {
            return List.of();
        }
        List<Entry> entries = range(kind, kind.earliest, before);
        if (entries.isEmpty()) {
            kind.earliest = before;
        }
        return entries;
    }

    /// Some of the oldest images, settled ones if there are any: at least one if there is one at all.
    List<Entry> oldest() {
        if (settled.count > 0) {
            return oldest(settled);
        }
        return open.count > 0 ? oldest(open) : List.of();
    }

    /// From the earliest time on that an image can have, it looks at twice as much time again and again.
    private List<Entry> oldest(Kind kind) {
        long step = 1;
        while (true) {
            List<Entry> some = range(kind, kind.earliest, kind.earliest + step);
            if (!some.isEmpty()) {
                return some;
            }
            kind.earliest += step;
            step *= 2;
        }
    }

    private List<Entry> range(Kind kind, long from, long before) {
        List<Entry> entries = new ArrayList<>();
        try (KeyValueIterator<byte[], byte[]> range = byTime.range(bound(kind, from), bound(kind, before))) {
            while (range.hasNext()) {
                KeyValue<byte[], byte[]> next = range.next();
                String id =
                        new String(next.key, 1 + Long.BYTES, next.key.length - 1 - Long.BYTES, StandardCharsets.UTF_8);
                entries.add(new Entry(id, get(id).orElseThrow()));
            }
        }
        return entries;
    }

    private Kind kind(LiveImage image) {
        return image.state().open() ? open : settled;
    }

    private byte[] timeKey(LiveImage image, String id) {
        byte[] text = id.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(1 + Long.BYTES + text.length)
                .put(kind(image).prefix)
                .putLong(image.since())
                .put(text)
                .array();
    }

    /// Sorts in front of all images of that time, since an id is never empty.
    private static byte[] bound(Kind kind, long time) {
        return ByteBuffer.allocate(1 + Long.BYTES)
                .put(kind.prefix)
                .putLong(time)
                .array();
    }
}
