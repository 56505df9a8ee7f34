package dev.inkstream.stream.intake;

import dev.inkstream.record.InvalidRecordException;
import dev.inkstream.stream.intake.RecordDecoder.Decoded;
import java.util.function.Supplier;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;

/// Decodes and validates: forwards a good record to the next processor and a bad one to the dead letters, with its
/// bytes and headers as they came.
public final class DecodeProcessor<V> implements Processor<byte[], byte[], Object, Object> {
    private final RecordDecoder<V> decoder;
    private final String next;
    private final DeadLetterSink deadLetters;
    private final boolean timed;
    private ProcessorContext<Object, Object> context;

    private DecodeProcessor(RecordDecoder<V> decoder, String next, DeadLetterSink deadLetters, boolean timed) {
        this.decoder = decoder;
        this.next = next;
        this.deadLetters = deadLetters;
        this.timed = timed;
    }

    /// @param decoder gives each task its own
    /// @param next name of the processor that takes good records
    /// @param deadLetters takes bad ones
    public static <V> ProcessorSupplier<byte[], byte[], Object, Object> supplier(
            Supplier<RecordDecoder<V>> decoder, String next, DeadLetterSink deadLetters) {
        return () -> new DecodeProcessor<>(decoder.get(), next, deadLetters, true);
    }

    /// One that looks at no clock: what it lets through is a function of the log. A timestamp that lies ahead passes.
    /// The next processor may reject a record too, and gets it with its bytes, in an [Arrived].
    ///
    /// @param decoder gives each task its own
    /// @param next name of the processor that takes good records
    /// @param deadLetters takes bad ones
    public static <V> ProcessorSupplier<byte[], byte[], Object, Object> withoutClock(
            Supplier<RecordDecoder<V>> decoder, String next, DeadLetterSink deadLetters) {
        return () -> new DecodeProcessor<>(decoder.get(), next, deadLetters, false);
    }

    @Override
    public void init(ProcessorContext<Object, Object> context) {
        this.context = context;
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        if (deadLetters.passesOver(record, context)) {
            return;
        }
        Decoded<V> decoded;
        try {
            if (timed) {
                RecordTimestamps.check(record.timestamp(), context.currentSystemTimeMs());
            }
            RecordTimestamps.check(record.timestamp());
            decoded = decoder.decode(record);
        } catch (InvalidRecordException e) {
            deadLetters.send(record, e, context);
            return;
        }
        Object value = timed ? decoded.value() : new Arrived<>(decoded.value(), record);
        context.forward(record.withKey(decoded.key()).withValue(value), next);
    }
}
