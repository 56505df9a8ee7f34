package dev.inkstream.stream;

import dev.inkstream.record.InvalidRecordException;
import dev.inkstream.stream.RecordDecoder.Decoded;
import java.util.function.Supplier;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/// Decodes and validates an image or a label, and packs it, as it came, for the way to its other half; what is
/// bad goes to the dead letters.
final class DecodeArrivalProcessor<V> implements Processor<byte[], byte[], byte[], byte[]> {
    private final RecordDecoder<V> decoder;
    private final Packing<V> packing;
    private final DeadLetters deadLetters;
    private ProcessorContext<byte[], byte[]> context;

    /// How a good record is packed.
    @FunctionalInterface
    interface Packing<V> {
        JoinEntry pack(Record<byte[], byte[]> record, V decoded, RecordMetadata where);
    }

    private DecodeArrivalProcessor(RecordDecoder<V> decoder, Packing<V> packing, DeadLetters deadLetters) {
        this.decoder = decoder;
        this.packing = packing;
        this.deadLetters = deadLetters;
    }

    /// @param decoder gives each task its own
    static <V> ProcessorSupplier<byte[], byte[], byte[], byte[]> supplier(
            Supplier<RecordDecoder<V>> decoder, Packing<V> packing, DeadLetters deadLetters) {
        return () -> new DecodeArrivalProcessor<>(decoder.get(), packing, deadLetters);
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        this.context = context;
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        JoinEntry entry;
        try {
            RecordTimestamps.check(record.timestamp(), context.currentSystemTimeMs());
            Decoded<V> decoded = decoder.decode(record.key(), record.value());
            entry = packing.pack(
                    record, decoded.value(), context.recordMetadata().orElseThrow());
        } catch (InvalidRecordException e) {
            deadLetters.send(record, e, context);
            return;
        }
        context.forward(
                record.withValue(entry.bytes()).withHeaders(new RecordHeaders()), LabelerTopology.MERGE_ARRIVALS);
    }
}
