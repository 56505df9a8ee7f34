package dev.inkstream.stream;

import dev.inkstream.record.InvalidRecordException;
import dev.inkstream.stream.RecordDecoder.Decoded;
import java.util.function.Supplier;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;

/// Decodes and validates: a good record goes on to the next processor, a bad one to the dead letters, with its
/// bytes and headers as they came.
///
/// The dead letter is an ordinary output, so it is in the same transaction as the offset: there is exactly one.
final class DecodeProcessor<V> implements Processor<byte[], byte[], Object, Object> {
    private final RecordDecoder<V> decoder;
    private final String next;
    private final String deadLetters;
    private ProcessorContext<Object, Object> context;

    private DecodeProcessor(RecordDecoder<V> decoder, String next, String deadLetters) {
        this.decoder = decoder;
        this.next = next;
        this.deadLetters = deadLetters;
    }

    /// @param decoder gives each task its own
    /// @param next name of the processor that takes good records
    /// @param deadLetters name of the sink that takes bad ones
    static <V> ProcessorSupplier<byte[], byte[], Object, Object> supplier(
            Supplier<RecordDecoder<V>> decoder, String next, String deadLetters) {
        return () -> new DecodeProcessor<>(decoder.get(), next, deadLetters);
    }

    @Override
    public void init(ProcessorContext<Object, Object> context) {
        this.context = context;
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        Decoded<V> decoded;
        try {
            decoded = decoder.decode(record.key(), record.value());
        } catch (InvalidRecordException e) {
            context.forward(DeadLetter.of(record, e, context), deadLetters);
            return;
        }
        context.forward(record.withKey(decoded.key()).withValue(decoded.value()), next);
    }
}
