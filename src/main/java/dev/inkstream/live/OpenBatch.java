package dev.inkstream.live;

import dev.inkstream.record.StateFormat;
import dev.inkstream.record.StateWriter;
import dev.inkstream.stream.JoinClock;
import java.time.Duration;

/// The batch that a partition of the join collects. Its bytes are kept in the store with every record, so that none of
/// it is lost or sent twice. Not thread-safe.
final class OpenBatch {
    /// A batch is sent when report time passes a multiple of this, ...
    static final Duration EVERY = Duration.ofMillis(200);

    /// ... or when it holds so many items: then it has some two kilobytes.
    static final int MAX_ITEMS = 256;

    private static final StateFormat FORMAT = StateFormat.first("evaluator's state of an open batch");

    private final StateWriter items = StateWriter.ofItems();
    private int size;
    private long sentAt;

    /// An empty one, the first of its partition.
    OpenBatch() {}

    /// @throws dev.inkstream.record.StateFormatException if the bytes are none of [#toBytes()]
    static OpenBatch fromBytes(byte[] bytes) {
        OpenBatch batch = new OpenBatch();
        FORMAT.read(bytes, in -> {
            batch.sentAt = in.number();
            CountedBatch.items(in).forEach(batch::add);
            return batch;
        });
        return batch;
    }

    byte[] toBytes() {
        return FORMAT.writer(items.length()).number(sentAt).items(items).end().toBytes();
    }

    void add(Counted counted) {
        items.array(1);
        counted.write(items);
        size++;
    }

    /// Whether it has to be sent since it takes no more items.
    boolean isFull() {
        return size >= MAX_ITEMS;
    }

    /// Whether it has to be sent since time has come.
    boolean isDue(JoinClock clock) {
        return clock.reported() / EVERY.toMillis() > sentAt / EVERY.toMillis();
    }

    /// Takes the bytes of a [CountedBatch] out at the end of a record, and begins the next one.
    byte[] take(JoinClock clock) {
        sentAt = clock.reported();
        return takeFull(clock);
    }

    /// The same in the middle of a record, of which more items follow: they belong to the time that it brings, so the
    /// batch does not say yet that this time has come.
    byte[] takeFull(JoinClock clock) {
        byte[] batch = CountedBatch.FORMAT
                .writer(items.length())
                .number(sentAt)
                .number(clock.arrived())
                .items(items)
                .end()
                .toBytes();
        items.clear();
        size = 0;
        return batch;
    }
}
