package dev.inkstream.app.role;

import dev.inkstream.codec.AvroSerdes;
import dev.inkstream.record.InvalidRecordException;
import dev.inkstream.record.ModelVersion;
import dev.inkstream.record.WeightSnapshot;
import dev.inkstream.stream.ImageFormat;
import dev.inkstream.stream.Snapshots;
import dev.inkstream.stream.Topic;
import dev.inkstream.stream.Topics;
import dev.inkstream.stream.intake.RecordDecoder;
import dev.inkstream.stream.intake.RecordDecoder.Decoded;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/// Looks through records of `serving-weights` or `weight-snapshots` before a role starts: finds the last of some
/// versions. Keeps one snapshot at a time. Not thread-safe.
final class LastVersion {
    private final RecordDecoder<WeightSnapshot> decoder;
    private final ImageFormat format;
    private final Wanted wanted;
    private @Nullable WeightSnapshot last;

    /// Which versions are looked for.
    @FunctionalInterface
    interface Wanted {
        /// @param last the one found before; null if none
        /// @throws InvalidRecordException if the record is not to be used
        boolean test(ConsumerRecord<byte[], byte[]> record, ModelVersion version, @Nullable ModelVersion last);
    }

    /// @param format of the role; a snapshot of another is found, one that no settings could use is not
    LastVersion(Topic<String, WeightSnapshot> topic, AvroSerdes serdes, ImageFormat format, Wanted wanted) {
        this.decoder = topic.decoder(serdes);
        this.format = format;
        this.wanted = wanted;
    }

    /// Takes the next record. A shadow does not serve.
    void add(ConsumerRecord<byte[], byte[]> record) {
        try {
            Decoded<WeightSnapshot> decoded = decoder.decode(record);
            WeightSnapshot snapshot = decoded.value();
            if (Topics.modelOfShadow(decoded.key()).isEmpty()
                    && wanted.test(record, snapshot.id(), last == null ? null : last.id())) {
                last = Snapshots.whole(snapshot, format);
            }
        } catch (InvalidRecordException e) {
            // The version before it serves, as the role will decide too.
            return;
        }
    }

    /// The last version that can be used, by this role or with other settings; empty if there is none.
    Optional<WeightSnapshot> last() {
        return Optional.ofNullable(last);
    }
}
