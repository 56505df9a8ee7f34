package dev.inkstream.classifier;

import dev.inkstream.codec.AvroSerdes;
import dev.inkstream.codec.SchemaRegistry;
import dev.inkstream.record.Evaluation;
import dev.inkstream.record.InvalidRecordException;
import dev.inkstream.record.ModelVersion;
import dev.inkstream.record.WeightSnapshot;
import dev.inkstream.stream.ImageFormat;
import dev.inkstream.stream.Snapshots;
import dev.inkstream.stream.Topics;
import dev.inkstream.stream.intake.RecordDecoder;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/// Finds the last promoted version of a model on `evaluations` and `weight-snapshots`, which are read in this order;
/// the second may be read in pieces. Keeps one snapshot at a time. Not thread-safe.
public final class PromotedVersions {
    private final String model;
    private final ImageFormat format;
    private final RecordDecoder<Evaluation> evaluations;
    private final RecordDecoder<WeightSnapshot> snapshots;
    private final Set<ModelVersion> promoted = new HashSet<>();
    private @Nullable WeightSnapshot last;

    public PromotedVersions(Topics topics, String model, ImageFormat format, SchemaRegistry registry) {
        AvroSerdes serdes = new AvroSerdes(registry);
        this.model = model;
        this.format = format;
        evaluations = topics.evaluations().decoder(serdes);
        snapshots = topics.weightSnapshots().decoder(serdes);
    }

    /// Takes the next record of `evaluations`.
    public void addEvaluation(ConsumerRecord<byte[], byte[]> record) {
        try {
            Evaluation evaluation =
                    evaluations.decode(record.key(), record.value()).value();
            if (evaluation.promoted() && evaluation.id().model().equals(model)) {
                promoted.add(evaluation.id());
            }
        } catch (InvalidRecordException e) {
            // It promotes nothing; `models list` names it.
            return;
        }
    }

    /// Takes the next record of `weight-snapshots`.
    public void addSnapshot(ConsumerRecord<byte[], byte[]> record) {
        try {
            WeightSnapshot snapshot =
                    snapshots.decode(record.key(), record.value()).value();
            if (promoted.contains(snapshot.id())) {
                last = Snapshots.whole(snapshot, format);
            }
        } catch (InvalidRecordException e) {
            // The version before it serves; the evaluator has set this one aside.
            return;
        }
    }

    /// Whether a version was promoted, but none has been found yet.
    public boolean isSought() {
        return last == null && !promoted.isEmpty();
    }

    /// The last version that was promoted and can be used, by this role or with other settings.
    public Optional<WeightSnapshot> last() {
        return Optional.ofNullable(last);
    }
}
