package dev.inkstream.app.origin;

import dev.inkstream.record.InvalidRecordException;
import dev.inkstream.record.ModelVersion;
import dev.inkstream.record.WeightSnapshot;
import dev.inkstream.stream.Topics;
import dev.inkstream.stream.intake.RecordDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/// What the topics have under a model's name. A record that cannot be used or is not trusted counts too: the model of
/// others, who trust other keys or run a newer build, may have the name. Not thread-safe.
final class NameUse {
    private final byte[] key;
    private final byte[] shadowKey;
    private final RecordDecoder<WeightSnapshot> decoder;
    private final Set<ModelVersion> versions = new HashSet<>();
    private @Nullable String source;
    private boolean others;

    /// @param decoder of `weight-snapshots`
    NameUse(String model, RecordDecoder<WeightSnapshot> decoder) {
        this.key = model.getBytes(StandardCharsets.UTF_8);
        this.shadowKey = (model + RecordDecoder.SHADOW).getBytes(StandardCharsets.UTF_8);
        this.decoder = decoder;
    }

    static NameUse read(OriginTopics origin, String model) throws InterruptedException {
        Topics topics = origin.topics();
        NameUse use = new NameUse(model, topics.weightSnapshots().decoder(origin.serdes()));
        origin.reader().readAll(List.of(topics.weightSnapshots()), use::addPublished);
        origin.reader().readAll(List.of(topics.servingWeights(), topics.modelDecisions()), use::addOther);
        return use;
    }

    /// The next record of `weight-snapshots`.
    void addPublished(ConsumerRecord<byte[], byte[]> record) {
        if (!Arrays.equals(record.key(), key)) {
            return;
        }
        try {
            WeightSnapshot version = decoder.decode(record).value();
            versions.add(version.id());
            source = version.provenance().source().orElse(null);
        } catch (InvalidRecordException e) {
            others = true; // That it is there is enough.
        }
    }

    /// The next record of `serving-weights` or `model-decisions`: a version may be gone that served.
    void addOther(ConsumerRecord<byte[], byte[]> record) {
        others |= Arrays.equals(record.key(), key) || Arrays.equals(record.key(), shadowKey);
    }

    /// Whether no record has the name.
    boolean isFree() {
        return versions.isEmpty() && !others;
    }

    /// Whether this version is the only one of the model. Its evaluator may have decided about it.
    boolean isOnly(ModelVersion version) {
        return versions.equals(Set.of(version));
    }

    /// What the only version of the model was made from.
    Optional<String> onlySource() {
        return versions.size() == 1 ? Optional.ofNullable(source) : Optional.empty();
    }
}
