package dev.inkstream.live;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/// Reduces predictions or labels to what the live join needs of them, and sends them in batches to its partitions.
/// Until then they are in a store, so that a crash neither loses nor repeats one.
///
/// The clock is read here, before the internal topic, and not behind it. No time is later than the clock: a producer
/// whose clock is ahead ends no wait early.
final class CollectEventsProcessor implements Processor<Object, Object, byte[], byte[]> {
    /// How long an event waits for others at most.
    static final Duration EVERY = Duration.ofMillis(500);

    private final String store;
    private final EventBatch[] batches;
    private final Reduction reduction;
    private ProcessorContext<byte[], byte[]> context;
    private KeyValueStore<Integer, byte[]> open;

    /// What the join needs of a value; empty if it needs none of it.
    @FunctionalInterface
    interface Reduction {
        Optional<OutcomeEvent> reduce(byte[] id, long time, long arrivedAt, Object value);
    }

    /// @param store keeps the open batches
    /// @param partitions of the join
    CollectEventsProcessor(String store, int partitions, Reduction reduction) {
        this.store = store;
        this.batches = new EventBatch[partitions];
        this.reduction = reduction;
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        this.context = context;
        open = context.getStateStore(store);
        for (int i = 0; i < batches.length; i++) {
            batches[i] = new EventBatch();
        }
        try (KeyValueIterator<Integer, byte[]> kept = open.all()) {
            while (kept.hasNext()) {
                KeyValue<Integer, byte[]> next = kept.next();
                EventBatch.fromBytes(next.value).forEach(batches[next.key]::add);
            }
        }
        context.schedule(EVERY, PunctuationType.WALL_CLOCK_TIME, this::sendAll);
    }

    @Override
    public void process(Record<Object, Object> record) {
        long now = context.currentSystemTimeMs();
        byte[] id = ((String) record.key()).getBytes(StandardCharsets.UTF_8);
        reduction
                .reduce(id, Math.min(record.timestamp(), now), now, record.value())
                .ifPresent(this::collect);
    }

    private void collect(OutcomeEvent event) {
        int partition = Utils.toPositive(Utils.murmur2(event.id())) % batches.length;
        EventBatch batch = batches[partition];
        batch.add(event);
        if (batch.isFull()) {
            send(partition, event.arrivedAt());
        } else {
            open.put(partition, batch.toBytes());
        }
    }

    private void sendAll(long now) {
        for (int i = 0; i < batches.length; i++) {
            if (!batches[i].isEmpty()) {
                send(i, now);
            }
        }
    }

    /// The id of any of its events as key brings a batch to their partition.
    private void send(int partition, long now) {
        context.forward(new Record<>(batches[partition].key(), batches[partition].toBytes(), now));
        batches[partition].clear();
        open.delete(partition);
    }
}
