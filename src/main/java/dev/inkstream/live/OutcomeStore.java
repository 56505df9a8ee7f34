package dev.inkstream.live;

import dev.inkstream.stream.TimeIndex;
import dev.inkstream.stream.TimeIndex.Held;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/// The images remembered, by id and in the order of time. All of it lies in a store; what is kept beside it follows
/// from it. Not thread-safe.
final class OutcomeStore {
    private final KeyValueStore<byte[], byte[]> images;
    private final TimeIndex open = new TimeIndex();
    private final TimeIndex settled = new TimeIndex();

    /// An image with its id.
    record Entry(byte[] id, PendingOutcome image) {}

    OutcomeStore(KeyValueStore<byte[], byte[]> images) {
        this.images = images;
        try (KeyValueIterator<byte[], byte[]> all = images.all()) {
            while (all.hasNext()) {
                KeyValue<byte[], byte[]> next = all.next();
                addToOrder(next.key, PendingOutcome.fromBytes(next.value));
            }
        }
    }

    /// Memory taken by all that are remembered.
    long bytes() {
        return open.bytes() + settled.bytes();
    }

    Optional<PendingOutcome> get(byte[] id) {
        return Optional.ofNullable(images.get(id)).map(PendingOutcome::fromBytes);
    }

    /// Remembers an image that is not remembered yet.
    void add(byte[] id, PendingOutcome image) {
        images.put(id, image.toBytes());
        addToOrder(id, image);
    }

    /// Puts an image in the place of what is remembered of it.
    void replace(byte[] id, PendingOutcome before, PendingOutcome now) {
        order(before).remove(before.since(), id);
        add(id, now);
    }

    void forget(Entry entry) {
        images.delete(entry.id());
        order(entry.image()).remove(entry.image().since(), entry.id());
    }

    /// Takes the images that wait for something and whose `since` is less than `before`, oldest first.
    ///
    /// @param close forgets or settles the image
    void openBefore(long before, Consumer<Entry> close) {
        each(open, before, close);
    }

    /// Forgets the images that wait for nothing and whose `since` is less than `before`.
    void forgetSettledBefore(long before) {
        each(settled, before, this::forget);
    }

    private void each(TimeIndex order, long before, Consumer<Entry> take) {
        Optional<Held> oldest = order.oldest();
        while (oldest.isPresent() && oldest.get().time() < before) {
            take.accept(entry(oldest.get()));
            oldest = order.oldest();
        }
    }

    /// The image that is missed least: the oldest that waits for nothing, or else the oldest.
    Optional<Entry> leastMissed() {
        return settled.oldest().or(open::oldest).map(this::entry);
    }

    private Entry entry(Held held) {
        return new Entry(held.id(), get(held.id()).orElseThrow());
    }

    private void addToOrder(byte[] id, PendingOutcome image) {
        order(image).add(image.since(), id, PendingOutcome.BYTES);
    }

    private TimeIndex order(PendingOutcome image) {
        return image.state().open() ? open : settled;
    }
}
