package dev.inkstream.stream;

import dev.inkstream.record.AvroSerdes;
import dev.inkstream.record.InvalidRecordException;
import dev.inkstream.record.SchemaRegistry;
import dev.inkstream.record.WeightSnapshot;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/// Looks through records of `serving-weights` or `weight-snapshots` before a role starts: the last version of its
/// model, and whether it fits the role's settings. Not thread-safe.
public final class ServingRecords {
    private final String model;
    private final RecordDecoder<WeightSnapshot> decoder;
    private @Nullable WeightSnapshot last;
    private boolean unusable;

    public ServingRecords(String topic, String model, SchemaRegistry registry) {
        this.model = model;
        decoder = RecordDecoder.ofSnapshots(topic, new AvroSerdes(registry), UnaryOperator.identity());
    }

    /// Takes the next record. Those that cannot be decoded are passed over, as the role will.
    public void add(ConsumerRecord<byte[], byte[]> record) {
        try {
            RecordDecoder.Decoded<WeightSnapshot> decoded = decoder.decode(record.key(), record.value());
            if (decoded.key().equals(model)) {
                last = decoded.value();
            }
        } catch (InvalidRecordException e) {
            unusable |= Arrays.equals(record.key(), model.getBytes(StandardCharsets.UTF_8));
        }
    }

    /// The last version that can be decoded.
    public Optional<WeightSnapshot> last() {
        return Optional.ofNullable(last);
    }

    /// Whether there are records of the model, but none that can be decoded.
    public boolean onlyUnusable() {
        return unusable && last == null;
    }

    /// @param role what a person calls the role
    /// @throws ModelMismatchException if the last version is of another shape than the role's settings say
    public void requireFit(String role, ImageFormat format) {
        if (last != null && !Snapshots.fits(last, format)) {
            throw ModelMismatchException.ofShape(role, Objects.requireNonNull(last), format);
        }
    }
}
