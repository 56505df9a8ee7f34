package dev.inkstream.evaluator;

import dev.inkstream.codec.AvroSerdes;
import dev.inkstream.record.InvalidRecordException;
import dev.inkstream.record.ModelVersion;
import dev.inkstream.record.WeightSnapshot;
import dev.inkstream.stream.DecisionOrder;
import dev.inkstream.stream.KnownDecision;
import dev.inkstream.stream.intake.RecordDecoder;
import dev.inkstream.stream.intake.RecordDecoder.Decoded;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What `serving-weights` has of a model, for an evaluator whose state is gone: the topic is compacted, so it keeps the
/// serving version and the shadow after retention has removed them from `weight-snapshots`. Takes the records in order.
/// Not thread-safe.
final class LastServed {
    private static final Logger LOG = LoggerFactory.getLogger(LastServed.class);

    private final EvaluatorSettings settings;
    private final RecordDecoder<WeightSnapshot> decoder;
    private final DecisionOrder order;
    private final Set<ModelVersion> wanted;
    private final Map<ModelVersion, Contender> found = new HashMap<>();
    private @Nullable Contender last;

    /// @param wanted versions to look for, whatever came after them
    LastServed(EvaluatorSettings settings, AvroSerdes serdes, Set<ModelVersion> wanted) {
        this.settings = settings;
        this.wanted = wanted;
        decoder = settings.topics().servingWeights().decoder(serdes);
        order = new DecisionOrder(settings.topics().signatures().checkDecisions(), KnownDecision.NONE);
    }

    void add(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            return; // The end of a shadow.
        }
        try {
            Decoded<WeightSnapshot> decoded = decoder.decode(record);
            ModelVersion id = decoded.value().id();
            if (!id.model().equals(settings.model())) {
                return;
            }
            Contender version = Contender.of(decoded.value(), Contender.UNKNOWN_OFFSET, settings.format());
            if (wanted.contains(id)) {
                found.put(id, version);
            }
            if (decoded.key().equals(settings.model())) {
                // As a classifier decides, which serves what is here.
                order.check(record.headers(), id, last == null ? null : last.id());
                order.used(record.headers());
                last = version;
            }
        } catch (InvalidRecordException e) {
            LOG.warn("{}@{} is left out: {}", record.topic(), record.offset(), e.getMessage());
        }
    }

    /// The last version that classifiers accept; empty if there is none.
    Optional<Contender> last() {
        return Optional.ofNullable(last);
    }

    /// One of the versions looked for.
    Optional<Contender> find(ModelVersion version) {
        return Optional.ofNullable(found.get(version));
    }
}
