package dev.inkstream.app.role;

import dev.inkstream.app.console.Text;
import dev.inkstream.app.console.UserException;
import dev.inkstream.record.InvalidRecordException;
import dev.inkstream.record.WeightSnapshot;
import dev.inkstream.stream.intake.RecordDecoder;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/// Looks through `weight-snapshots` for a version of a model that an operator imported or rebuilt. A trainer that
/// begins publishes version 0, so it must not begin under that name. Not thread-safe.
final class OperatorVersion {
    private final String model;
    private final RecordDecoder<WeightSnapshot> decoder;
    private @Nullable String source;

    OperatorVersion(String model, RecordDecoder<WeightSnapshot> decoder) {
        this.model = model;
        this.decoder = decoder;
    }

    /// Takes the next record.
    void add(ConsumerRecord<byte[], byte[]> record) {
        try {
            // Most are of other models, and may be large.
            if (RecordDecoder.key(record.key()).equals(model)) {
                Optional<String> made =
                        decoder.decode(record).value().provenance().source();
                source = made.orElse(source);
            }
        } catch (InvalidRecordException e) {
            // It is no version; the commands that read versions report it.
            return;
        }
    }

    /// @throws UserException if there is one
    void requireNone() {
        if (source != null) {
            throw new UserException(
                    "model %s has a version that an operator published (%s), and a trainer of that name would publish another version 0; choose another --model, with --initial-weights FILE to continue from a version that 'inkstream models export' wrote"
                            .formatted(model, Text.printable(source)));
        }
    }
}
