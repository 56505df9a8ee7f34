package dev.inkstream.live;

import dev.inkstream.record.StateFormat;
import dev.inkstream.record.StateWriter;
import dev.inkstream.stream.JoinClock;
import java.time.Duration;

/// The batch that a partition of the join collects. Its bytes are kept in the store with every record, so that none of
/// it is lost or sent twice. Not thread-safe.
final class OpenBatch {
    /// A batch is sent when report time or arrival time passes a multiple of this, ...
    static final Duration EVERY = Duration.ofMillis(200);

    /// ... or when it holds so many items: then it has some two kilobytes.
    static final int MAX_ITEMS = 256;

    private static final StateFormat FORMAT = new StateFormat("evaluator's state of an open batch", 1, 2);

    private final StateWriter items = StateWriter.ofItems();
    private int size;
    private long sentAt;
    private long sentArrival;
    private boolean changed;

    /// An empty one, the first of its partition.
    OpenBatch() {}

    /// @throws dev.inkstream.record.StateFormatException if the bytes are none of [#toBytes()]
    static OpenBatch fromBytes(byte[] bytes) {
        OpenBatch batch = new OpenBatch();
        FORMAT.read(bytes, in -> {
            batch.sentAt = in.number();
            batch.sentArrival = in.number();
            CountedBatch.items(in).forEach(batch::add);
            return batch;
        });
        batch.changed = false;
        return batch;
    }

    /// Whether an item was added, or a batch taken, since [#toBytes()].
    boolean hasChanged() {
        return changed;
    }

    byte[] toBytes() {
        changed = false;
        return FORMAT.writer(items.length())
                .number(sentAt)
                .number(sentArrival)
                .items(items)
                .end()
                .toBytes();
    }

    void add(Counted counted) {
        items.array(1);
        counted.write(items);
        size++;
        changed = true;
    }

    /// Whether it has to be sent since it takes no more items.
    boolean isFull() {
        return size >= MAX_ITEMS;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /// Whether it is time to send it. Even an empty one is sent: it carries the time of its partition.
    boolean isDue(JoinClock clock) {
        return isLater(clock.reported(), sentAt) || isLater(clock.arrived(), sentArrival);
    }

    private static boolean isLater(long now, long before) {
        return now / EVERY.toMillis() > before / EVERY.toMillis();
    }

    /// Takes the bytes of a [CountedBatch] out at the end of a record, and begins the next one.
    byte[] take(JoinClock clock) {
        sentAt = clock.reported();
        sentArrival = clock.arrived();
        return takeEarly(clock);
    }

    /// The same before the end of a record, or of a time. More items may follow that belong to the time that has come,
    /// so the batch carries that of the last batch that was due.
    byte[] takeEarly(JoinClock clock) {
        byte[] batch = CountedBatch.FORMAT
                .writer(items.length())
                .number(sentAt)
                .number(clock.arrived())
                .items(items)
                .end()
                .toBytes();
        items.clear();
        size = 0;
        changed = true;
        return batch;
    }
}
