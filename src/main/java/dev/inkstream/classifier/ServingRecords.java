package dev.inkstream.classifier;

import dev.inkstream.codec.AvroSerdes;
import dev.inkstream.codec.SchemaRegistry;
import dev.inkstream.record.InvalidRecordException;
import dev.inkstream.record.WeightSnapshot;
import dev.inkstream.stream.ImageFormat;
import dev.inkstream.stream.Snapshots;
import dev.inkstream.stream.Topic;
import dev.inkstream.stream.intake.RecordDecoder;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/// Looks through records of `serving-weights` or `weight-snapshots` before a role starts: the last version of its
/// model, and whether it fits the role's settings. Not thread-safe.
public final class ServingRecords {
    private final String model;
    private final ImageFormat format;
    private final RecordDecoder<WeightSnapshot> decoder;
    private @Nullable WeightSnapshot last;

    public ServingRecords(
            Topic<String, WeightSnapshot> topic, String model, ImageFormat format, SchemaRegistry registry) {
        this.model = model;
        this.format = format;
        decoder = topic.decoder(new AvroSerdes(registry));
    }

    /// Takes the next record. Those that no settings could use are passed over, as the role will.
    public void add(ConsumerRecord<byte[], byte[]> record) {
        try {
            RecordDecoder.Decoded<WeightSnapshot> decoded = decoder.decode(record.key(), record.value());
            if (decoded.key().equals(model)) {
                last = Snapshots.whole(decoded.value(), format);
            }
        } catch (InvalidRecordException e) {
            // The version before it serves.
            return;
        }
    }

    /// The last version that can be used, by this role or with other settings; empty if there is none.
    public Optional<WeightSnapshot> last() {
        return Optional.ofNullable(last);
    }
}
