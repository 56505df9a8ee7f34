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
    private final Form form;
    private ProcessorContext<Object, Object> context;

    /// What the next processor gets of a good record.
    private enum Form {
        /// Key and value.
        TEXT_KEY,
        /// The key as it came, and the value.
        RAW_KEY,
        /// Key, and value with the record as it came. No clock is looked at.
        ARRIVED
    }

    private DecodeProcessor(RecordDecoder<V> decoder, String next, DeadLetterSink deadLetters, Form form) {
        this.decoder = decoder;
        this.next = next;
        this.deadLetters = deadLetters;
        this.form = form;
    }

    /// @param decoder gives each task its own
    /// @param next name of the processor that takes good records
    /// @param deadLetters takes bad ones
    public static <V> ProcessorSupplier<byte[], byte[], Object, Object> supplier(
            Supplier<RecordDecoder<V>> decoder, String next, DeadLetterSink deadLetters) {
        return () -> new DecodeProcessor<>(decoder.get(), next, deadLetters, Form.TEXT_KEY);
    }

    /// One that passes the key on as it came, after the same checks.
    ///
    /// @param decoder gives each task its own
    /// @param next name of the processor that takes good records
    /// @param deadLetters takes bad ones
    public static <V> ProcessorSupplier<byte[], byte[], Object, Object> withRawKeys(
            Supplier<RecordDecoder<V>> decoder, String next, DeadLetterSink deadLetters) {
        return () -> new DecodeProcessor<>(decoder.get(), next, deadLetters, Form.RAW_KEY);
    }

    /// One that looks at no clock: what it lets through is a function of the log. A timestamp that lies ahead passes.
    /// The next processor may reject a record too, and gets it with its bytes, in an [Arrived].
    ///
    /// @param decoder gives each task its own
    /// @param next name of the processor that takes good records
    /// @param deadLetters takes bad ones
    public static <V> ProcessorSupplier<byte[], byte[], Object, Object> withoutClock(
            Supplier<RecordDecoder<V>> decoder, String next, DeadLetterSink deadLetters) {
        return () -> new DecodeProcessor<>(decoder.get(), next, deadLetters, Form.ARRIVED);
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
        Record<Object, Object> good;
        try {
            if (form != Form.ARRIVED) {
                RecordTimestamps.check(record.timestamp(), context.currentSystemTimeMs());
            }
            RecordTimestamps.check(record.timestamp());
            good = decode(record);
        } catch (InvalidRecordException e) {
            deadLetters.send(record, e, context);
            return;
        }
        context.forward(good, next);
    }

    private Record<Object, Object> decode(Record<byte[], byte[]> record) {
        if (form == Form.RAW_KEY) {
            return with(record, record.key(), decoder.decodeValue(record));
        }
        Decoded<V> decoded = decoder.decode(record);
        Object value = form == Form.ARRIVED ? new Arrived<>(decoded.value(), record) : decoded.value();
        return with(record, decoded.key(), value);
    }

    private static Record<Object, Object> with(Record<byte[], byte[]> record, Object key, Object value) {
        return new Record<>(key, value, record.timestamp(), PassedOnHeaders.of(record.headers()));
    }
}
