package dev.inkstream.app.tail;

import dev.inkstream.app.console.Terminal;
import dev.inkstream.app.console.Text;
import dev.inkstream.record.InvalidRecordException;
import dev.inkstream.record.Prediction;
import dev.inkstream.stream.intake.RecordDecoder;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// Reads predictions and says which records are none. Not thread-safe.
///
/// @param wanted which predictions are printed
/// @param line what is printed of one
record PredictionLines(
        RecordDecoder<Prediction> decoder,
        Predicate<Prediction> wanted,
        Function<Prediction, String> line,
        Terminal terminal)
        implements Function<ConsumerRecord<byte[], byte[]>, Optional<String>> {
    @Override
    public Optional<String> apply(ConsumerRecord<byte[], byte[]> record) {
        try {
            return Optional.of(decoder.decode(record).value()).filter(wanted).map(line);
        } catch (InvalidRecordException e) {
            terminal.err()
                    .println("%s-%d@%d is not a prediction: %s"
                            .formatted(
                                    record.topic(),
                                    record.partition(),
                                    record.offset(),
                                    Text.printable(String.valueOf(e.getMessage()))));
            terminal.err().flush();
            return Optional.empty();
        }
    }
}
