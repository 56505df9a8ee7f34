package dev.inkstream.trainer;

import dev.inkstream.record.InvalidRecordException;
import dev.inkstream.record.LabeledImage;
import dev.inkstream.stream.intake.RecordDecoder;
import dev.inkstream.stream.intake.RecordTimestamps;
import dev.inkstream.stream.intake.Redriven;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads a stretch of `labeled-images` again as the trainer reads it: what is a dead letter there is passed over, and
/// so is what returned from the dead letters for other applications.
/// Not thread-safe.
public final class LabeledExamples {
    private static final Logger LOG = LoggerFactory.getLogger(LabeledExamples.class);

    private final LabeledLog log;
    private final RecordDecoder<LabeledImage> decoder;
    private final String application;

    /// Takes the examples in the order of the log.
    @FunctionalInterface
    public interface Sink {
        void take(Example example);
    }

    /// A labeled image as it lies in the log. Immutable.
    ///
    /// @param offset of the record in `labeled-images`
    /// @param imageId the record's key
    /// @param timestamp of the record, in milliseconds since 1970
    public record Example(long offset, String imageId, LabeledImage image, long timestamp) {}

    /// @param decoder accepts what the model takes
    /// @param application id of the trainer
    public LabeledExamples(LabeledLog log, RecordDecoder<LabeledImage> decoder, String application) {
        this.log = log;
        this.decoder = decoder;
        this.application = application;
    }

    /// Hands over the examples from offset `from` up to, not including, `to`.
    ///
    /// @throws LostExamplesException if the topic no longer has all records
    public void read(long from, long to, Sink sink) {
        log.read(from, to, record -> decode(record, sink));
    }

    private void decode(ConsumerRecord<byte[], byte[]> record, Sink sink) {
        if (Redriven.isForOthers(record.headers(), record.topic(), application)) {
            return;
        }
        RecordDecoder.Decoded<LabeledImage> example;
        try {
            RecordTimestamps.check(record.timestamp());
            example = decoder.decode(record);
        } catch (InvalidRecordException e) {
            LOG.trace("offset {} is a dead letter: {}", record.offset(), e.getMessage());
            return;
        }
        sink.take(new Example(record.offset(), example.key(), example.value(), record.timestamp()));
    }
}
