package dev.inkstream.live;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;

/// Reduces a prediction or a label to what the live join needs of it, at the time when it was made, but not later than
/// the clock: a producer whose clock is ahead ends no wait early. The clock is read here, before the internal topic,
/// and not behind it.
final class CompactProcessor implements Processor<Object, Object, byte[], OutcomeEvent> {
    private final Compaction compaction;
    private ProcessorContext<byte[], OutcomeEvent> context;

    /// What the join needs of a record; empty if it needs none of it.
    @FunctionalInterface
    interface Compaction {
        Optional<OutcomeEvent> compact(Object value, long arrivedAt);
    }

    private CompactProcessor(Compaction compaction) {
        this.compaction = compaction;
    }

    static ProcessorSupplier<Object, Object, byte[], OutcomeEvent> supplier(Compaction compaction) {
        return () -> new CompactProcessor(compaction);
    }

    @Override
    public void init(ProcessorContext<byte[], OutcomeEvent> context) {
        this.context = context;
    }

    @Override
    public void process(Record<Object, Object> record) {
        long now = context.currentSystemTimeMs();
        compaction.compact(record.value(), now).ifPresent(input -> {
            byte[] id = ((String) record.key()).getBytes(StandardCharsets.UTF_8);
            context.forward(new Record<>(id, input, Math.min(record.timestamp(), now), new RecordHeaders()));
        });
    }
}
