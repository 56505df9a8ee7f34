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
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/// Looks through records of `serving-weights` or `weight-snapshots` before a role starts: finds the last of some
/// versions. Keeps one snapshot at a time. Not thread-safe.
final class LastVersion {
    private final RecordDecoder<WeightSnapshot> decoder;
    private final Predicate<ModelVersion> wanted;
    private @Nullable WeightSnapshot last;

    /// @param format of the role; a snapshot of another is found, one that no settings could use is not
    LastVersion(
            Topic<String, WeightSnapshot> topic,
            AvroSerdes serdes,
            ImageFormat format,
            Predicate<ModelVersion> wanted) {
        this.wanted = wanted;
        decoder = topic.decoder(
                serdes, snapshot -> wanted.test(snapshot.id()) ? Snapshots.whole(snapshot, format) : snapshot);
    }

    /// Takes the next record. A shadow does not serve.
    void add(ConsumerRecord<byte[], byte[]> record) {
        try {
            Decoded<WeightSnapshot> decoded = decoder.decode(record.key(), record.value());
            WeightSnapshot snapshot = decoded.value();
            if (wanted.test(snapshot.id())
                    && Topics.modelOfShadow(decoded.key()).isEmpty()) {
                last = snapshot;
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
