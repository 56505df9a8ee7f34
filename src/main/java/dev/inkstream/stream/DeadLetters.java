package dev.inkstream.stream;

import dev.inkstream.record.InvalidRecordException;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/// The way to the dead letters: counts a record by topic and reason, and sends it to the sink. Thread-safe.
///
/// @param meters where they are counted
/// @param sink name of the sink node
record DeadLetters(MeterRegistry meters, String sink) {
    /// Name of the sink node, where a topology has one.
    static final String SINK = "write-dead-letters";

    /// The counter's name.
    static final String COUNTER = "inkstream.dead.letters";

    DeadLetters(MeterRegistry meters) {
        this(meters, SINK);
    }

    /// Sends the record being processed in `context`. It is an ordinary output, in the same transaction as the
    /// offset: there is exactly one.
    void send(
            Record<byte[], byte[]> record,
            InvalidRecordException why,
            ProcessorContext<? super byte[], ? super byte[]> context) {
        String topic = context.recordMetadata().orElseThrow().topic();
        meters.counter(COUNTER, "topic", topic, "reason", why.defect().name()).increment();
        context.forward(DeadLetter.of(record, why, context), sink);
    }
}
