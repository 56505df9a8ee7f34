package dev.inkstream.classifier;

import dev.inkstream.codec.SchemaRegistryException;
import dev.inkstream.network.Network;
import dev.inkstream.record.InvalidRecordException;
import dev.inkstream.record.ModelVersion;
import dev.inkstream.record.RejectReason;
import dev.inkstream.record.WeightSnapshot;
import dev.inkstream.stream.DecisionOrder;
import dev.inkstream.stream.Snapshots;
import dev.inkstream.stream.Topics;
import dev.inkstream.stream.intake.RecordDecoder;
import dev.inkstream.stream.intake.RecordDecoder.Decoded;
import io.micrometer.core.instrument.Timer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Loads each version on `serving-weights`, on every instance: decodes and verifies it once, then
/// swaps the reference. What it refuses stays on the topic, and the version in use serves on. It refuses what it cannot
/// use, and a version that goes backwards without a decision.
///
/// It never throws for a record: a failure on the global thread would stop the whole client, at every start again.
/// A registry that does not answer is no fault of the record: with a version in use that is waited out, but before
/// the first it stops the client, which would otherwise wait for a version that it has passed over.
final class LoadWeightsProcessor implements Processor<byte[], byte[], Void, Void> {
    private static final Logger LOG = LoggerFactory.getLogger(LoadWeightsProcessor.class);

    /// Why a record is not from the evaluator.
    private static final Set<RejectReason> FROM_ELSEWHERE =
            Set.of(RejectReason.UNSIGNED, RejectReason.UNTRUSTED_KEY, RejectReason.BAD_SIGNATURE);

    private final RecordDecoder<WeightSnapshot> decoder;
    private final ClassifierSettings settings;
    private final ServingModel serving;
    private final ClassifierMeters meters;
    private final byte[] shadowKey;
    private final DecisionOrder order;
    private final DecisionOrder shadowOrder;
    private ProcessorContext<Void, Void> context;
    private KeyValueStore<String, Long> versions;

    LoadWeightsProcessor(
            RecordDecoder<WeightSnapshot> decoder,
            ClassifierSettings settings,
            ServingModel serving,
            ClassifierMeters meters) {
        this.decoder = decoder;
        this.settings = settings;
        this.serving = serving;
        this.meters = meters;
        this.shadowKey = Topics.shadowKey(settings.model()).getBytes(StandardCharsets.UTF_8);
        boolean signed = settings.topics().signatures().checkDecisions();
        this.order = new DecisionOrder(signed, serving.known());
        this.shadowOrder = new DecisionOrder(signed, serving.known());
    }

    @Override
    public void init(ProcessorContext<Void, Void> context) {
        this.context = context;
        versions = context.getStateStore(ClassifierTopology.SERVING_VERSION);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        Timer.Sample start = meters.startSwap();
        try {
            if (isOfShadow(record.key())) {
                runBeside(record);
                return;
            }
            Decoded<WeightSnapshot> decoded = decoder.decode(record);
            if (decoded.key().equals(settings.model()) && serve(decoded.value(), record.headers())) {
                meters.swapped(start, decoded.value().id().version(), context.currentSystemTimeMs());
            }
        } catch (InvalidRecordException e) {
            refused(e, e.reason().name());
        } catch (SchemaRegistryException e) {
            if (serving.current().isEmpty()) {
                throw e;
            }
            refused(e, ClassifierMeters.NO_REGISTRY);
        }
    }

    /// @return whether it serves
    private boolean serve(WeightSnapshot snapshot, Headers headers) {
        ModelVersion id = snapshot.id();
        order.check(headers, id, serving.current().map(ServingModel.Loaded::id).orElse(null));
        if (order.isReplaced(headers, id)) {
            LOG.info("passes over {}, which was replaced before this start", id);
            return false;
        }
        ServingModel.Loaded loaded = load(snapshot);
        order.used(headers);
        serving.swap(loaded);
        versions.put(settings.model(), id.version());
        LOG.info("loaded {}", id);
        return true;
    }

    private boolean isOfShadow(byte @Nullable [] key) {
        return Arrays.equals(key, shadowKey);
    }

    /// A null value ends the shadow. One that cannot be used ends it too: what labels say would be of another version.
    /// Not so one that is from elsewhere, or old: then nothing has changed.
    private void runBeside(Record<byte[], byte[]> record) {
        @Nullable WeightSnapshot next = null;
        if (record.value() == null) {
            decoder.checkTombstone(record.headers(), record.key());
        } else {
            next = decodeShadow(record);
        }
        shadowOrder.check(record.headers(), next == null ? null : next.id(), null);
        shadowOrder.used(record.headers());
        endShadow();
        if (next != null && !shadowOrder.isReplacedShadow(record.headers(), next.id())) {
            ServingModel.Loaded shadow = load(next);
            serving.runBeside(shadow);
            meters.shadow(OptionalLong.of(shadow.id().version()));
            LOG.info("runs {} as the shadow", shadow.id());
        }
    }

    private WeightSnapshot decodeShadow(Record<byte[], byte[]> record) {
        try {
            return decoder.decode(record).value();
        } catch (InvalidRecordException e) {
            if (!FROM_ELSEWHERE.contains(e.reason())) {
                endShadow();
            }
            throw e;
        } catch (SchemaRegistryException e) {
            endShadow();
            throw e;
        }
    }

    private void endShadow() {
        serving.runBeside(null);
        meters.shadow(OptionalLong.empty());
    }

    private ServingModel.Loaded load(WeightSnapshot snapshot) {
        Network network = Snapshots.network(snapshot, settings.format());
        return new ServingModel.Loaded(snapshot.id(), network);
    }

    private void refused(RuntimeException e, String reason) {
        meters.refused(reason);
        String serves =
                serving.current().map(loaded -> loaded.id() + " still serves").orElse("no version serves yet");
        LOG.warn(
                "refused the record at {} ({}): {}; {}",
                context.recordMetadata()
                        .map(where -> where.topic() + "-" + where.partition() + "@" + where.offset())
                        .orElse(settings.topics().servingWeights().name()),
                reason,
                e.getMessage(),
                serves);
    }
}
