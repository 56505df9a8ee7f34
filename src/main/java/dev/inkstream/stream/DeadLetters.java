package dev.inkstream.stream;

import dev.inkstream.record.Defect;
import dev.inkstream.record.InvalidRecordException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The way to the dead letters: counts a record by topic and reason, and sends it to the sink. Thread-safe.
///
/// @param meters where they are counted
/// @param sink name of the sink node
record DeadLetters(MeterRegistry meters, String sink) {
    /// Name of the sink node, in every topology; a second sub-topology has another, since a sink that two share would
    /// make them one.
    static final String SINK = "write-dead-letters";

    private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);

    /// The counter's name.
    static final String COUNTER = "inkstream.dead.letters";

    /// What can be wrong with a record of any topic.
    private static final List<Defect> ALWAYS = List.of(
            Defect.NULL_KEY,
            Defect.LONG_KEY,
            Defect.BAD_TIMESTAMP,
            Defect.NULL_VALUE,
            Defect.TOO_LARGE,
            Defect.UNDECODABLE,
            Defect.UNKNOWN_SCHEMA);

    DeadLetters(MeterRegistry meters) {
        this(meters, SINK);
    }

    /// Those of a topic, counted from 0 on: a series that began with its first dead letter would never have increased.
    ///
    /// @param more what can be wrong with its records, beside what always can
    DeadLetters of(String topic, Defect... more) {
        Stream.concat(ALWAYS.stream(), Stream.of(more)).forEach(reason -> counter(topic, reason));
        return this;
    }

    private Counter counter(String topic, Defect reason) {
        return meters.counter(COUNTER, "topic", topic, "reason", reason.name());
    }

    /// Sends the record being processed in `context`. It is an ordinary output, in the same transaction as the
    /// offset: there is exactly one.
    void send(
            Record<byte[], byte[]> record,
            InvalidRecordException why,
            ProcessorContext<? super byte[], ? super byte[]> context) {
        send(record, why, context.recordMetadata().orElseThrow(), context);
    }

    /// Sends a record that was read before.
    ///
    /// @param where it was read from
    void send(
            Record<byte[], byte[]> record,
            InvalidRecordException why,
            RecordMetadata where,
            ProcessorContext<? super byte[], ? super byte[]> context) {
        counter(where.topic(), why.defect()).increment();
        // At most one a minute, by the log's filter.
        LOG.warn(
                "{}-{}@{} is a dead letter ({}): {}",
                where.topic(),
                where.partition(),
                where.offset(),
                why.defect(),
                why.getMessage());
        context.forward(DeadLetter.of(record, why, where, context), sink);
    }
}
