package dev.inkstream.stream.intake;

import dev.inkstream.record.InvalidRecordException;
import dev.inkstream.record.RejectReason;
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
public record DeadLetterSink(MeterRegistry meters, String sink) {
    /// Name of the sink node, in every topology; a second sub-topology has another, since a sink that two share would
    /// make them one.
    public static final String SINK = "write-dead-letters";

    private static final Logger LOG = LoggerFactory.getLogger(DeadLetterSink.class);

    /// The counter's name.
    public static final String COUNTER = "inkstream.dead.letters";

    /// Counter of the records that returned for other applications.
    public static final String PASSED_OVER = "inkstream.redriven.passed.over";

    /// What can be wrong with a record of any topic.
    private static final List<RejectReason> ALWAYS = List.of(
            RejectReason.NULL_KEY,
            RejectReason.LONG_KEY,
            RejectReason.BAD_TIMESTAMP,
            RejectReason.NULL_VALUE,
            RejectReason.TOO_LARGE,
            RejectReason.UNDECODABLE,
            RejectReason.UNKNOWN_SCHEMA);

    public DeadLetterSink(MeterRegistry meters) {
        this(meters, SINK);
    }

    /// Registers the counters of a topic, so that they begin with 0: `increase()` does not see the first dead letter of
    /// a series that begins with it.
    ///
    /// @param more what can be wrong with its records, beside what always can
    public DeadLetterSink preregister(String topic, RejectReason... more) {
        Stream.concat(ALWAYS.stream(), Stream.of(more)).forEach(reason -> counter(topic, reason));
        passedOver(topic);
        return this;
    }

    /// Whether the record being processed returned from the dead letters for other applications than this one, which
    /// has accepted it before. Then it is counted here, and nothing else happens to it.
    public boolean passesOver(Record<?, ?> record, ProcessorContext<?, ?> context) {
        String topic = context.recordMetadata().orElseThrow().topic();
        if (!Redriven.isForOthers(record.headers(), topic, context.applicationId())) {
            return false;
        }
        passedOver(topic).increment();
        return true;
    }

    private Counter passedOver(String topic) {
        return Counter.builder(PASSED_OVER)
                .description("records that returned from dead-letters for other applications")
                .tags("topic", topic)
                .register(meters);
    }

    private Counter counter(String topic, RejectReason reason) {
        return Counter.builder(COUNTER)
                .description("records sent to dead-letters")
                .tags("topic", topic, "reason", reason.name())
                .register(meters);
    }

    /// Sends the record being processed in `context`. It is an ordinary output, in the same transaction as the
    /// offset: there is exactly one.
    public void send(
            Record<byte[], byte[]> record,
            InvalidRecordException why,
            ProcessorContext<? super byte[], ? super byte[]> context) {
        send(record, why, context.recordMetadata().orElseThrow(), context);
    }

    /// Sends a record that was read before.
    ///
    /// @param where it was read from
    public void send(
            Record<byte[], byte[]> record,
            InvalidRecordException why,
            RecordMetadata where,
            ProcessorContext<? super byte[], ? super byte[]> context) {
        counter(where.topic(), why.reason()).increment();
        // At most one a minute, by the log's filter.
        LOG.warn(
                "{}-{}@{} is a dead letter ({}): {}",
                where.topic(),
                where.partition(),
                where.offset(),
                why.reason(),
                why.getMessage());
        context.forward(DeadLetterHeaders.of(record, why, where, context), sink);
    }
}
