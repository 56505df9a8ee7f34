package dev.inkstream.app.bench;

import dev.inkstream.record.ModelVersion;
import dev.inkstream.record.WeightSnapshot;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/// Makes another version serve again and again, in the slices that have swaps. One thread ticks; any may ask how
/// many there were.
final class Swapper implements AutoCloseable {
    private final Producer<String, WeightSnapshot> producer;
    private final ProducerRecord<String, WeightSnapshot> first;
    private final Slices slices;
    private final long everyNanos;
    private final AtomicLong swapped = new AtomicLong();
    private long versions;
    private long next;

    /// @param first what serves at the start, as a record on its topic
    /// @param every time between two swaps; zero for none
    Swapper(
            Producer<String, WeightSnapshot> producer,
            ProducerRecord<String, WeightSnapshot> first,
            Slices slices,
            Duration every) {
        this.producer = producer;
        this.first = first;
        this.slices = slices;
        this.everyNanos = every.toNanos();
    }

    /// Whether there is anything to swap.
    boolean isActive() {
        return everyNanos > 0;
    }

    /// Sends the next version if it is due.
    ///
    /// @param sinceStart nanoseconds since the start of the measurement
    void tick(long sinceStart) {
        if (!isActive() || sinceStart < next) {
            return;
        }
        next += everyNanos;
        if (slices.at(sinceStart) != Slices.Part.WITHOUT_SWAPS) {
            versions++;
            var _ = producer.send(version(versions), (metadata, e) -> {
                if (e == null) {
                    swapped.incrementAndGet();
                }
            });
        }
    }

    /// Versions that the broker has.
    long swapped() {
        return swapped.get();
    }

    /// The same weights under another number: a classifier loads them as any other.
    private ProducerRecord<String, WeightSnapshot> version(long number) {
        WeightSnapshot weights = first.value();
        return new ProducerRecord<>(
                first.topic(),
                first.key(),
                new WeightSnapshot(
                        new ModelVersion(first.key(), number, weights.id().weights()),
                        weights.layers(),
                        weights.weights(),
                        weights.progress(),
                        weights.training(),
                        weights.provenance()));
    }

    @Override
    public void close() {
        producer.close();
    }
}
