package dev.inkstream.labeler;

import dev.inkstream.record.InvalidRecordException;
import dev.inkstream.stream.intake.DeadLetterSink;
import dev.inkstream.stream.intake.RecordDecoder;
import dev.inkstream.stream.intake.RecordDecoder.Decoded;
import dev.inkstream.stream.intake.RecordTimestamps;
import java.util.function.Supplier;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/// Decodes and validates an image or a label, and packs what the join needs of it for the internal topic on which it
/// meets its other half; what is bad goes to the dead letters.
///
/// The time of what is packed is the record's timestamp, but not later than the clock: a producer whose clock is ahead
/// closes no window early. What is joined is a function of the internal topic; the clock is read before it.
final class DecodeArrivalProcessor<V> implements Processor<byte[], byte[], byte[], byte[]> {
    private final RecordDecoder<V> decoder;
    private final Packing<V> packing;
    private final DeadLetterSink deadLetters;
    private final String target;
    private ProcessorContext<byte[], byte[]> context;

    /// How a good record is packed.
    @FunctionalInterface
    interface Packing<V> {
        HeldContent pack(Record<byte[], byte[]> record, V decoded, RecordMetadata where);
    }

    private DecodeArrivalProcessor(
            RecordDecoder<V> decoder, Packing<V> packing, DeadLetterSink deadLetters, String target) {
        this.decoder = decoder;
        this.packing = packing;
        this.deadLetters = deadLetters;
        this.target = target;
    }

    /// @param decoder gives each task its own
    /// @param target the node that writes good records
    static <V> ProcessorSupplier<byte[], byte[], byte[], byte[]> supplier(
            Supplier<RecordDecoder<V>> decoder, Packing<V> packing, DeadLetterSink deadLetters, String target) {
        return () -> new DecodeArrivalProcessor<>(decoder.get(), packing, deadLetters, target);
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        this.context = context;
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        if (deadLetters.passesOver(record, context)) {
            return;
        }
        long now = context.currentSystemTimeMs();
        HeldContent content;
        try {
            RecordTimestamps.check(record.timestamp(), now);
            Decoded<V> decoded = decoder.decode(record);
            content = packing.pack(
                    record, decoded.value(), context.recordMetadata().orElseThrow());
        } catch (InvalidRecordException e) {
            deadLetters.send(record, e, context);
            return;
        }
        long time = Math.min(record.timestamp(), now);
        HeldRecord entry = new HeldRecord(time, now, content);
        context.forward(new Record<>(record.key(), entry.toBytes(), time, new RecordHeaders()), target);
    }
}
