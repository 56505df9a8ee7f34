package dev.inkstream.classifier;

import dev.inkstream.codec.SchemaRegistryException;
import dev.inkstream.network.Network;
import dev.inkstream.record.InvalidRecordException;
import dev.inkstream.record.ModelVersion;
import dev.inkstream.record.RejectReason;
import dev.inkstream.record.WeightSnapshot;
import dev.inkstream.stream.DecisionHeader;
import dev.inkstream.stream.Snapshots;
import dev.inkstream.stream.Topics;
import dev.inkstream.stream.intake.Cut;
import dev.inkstream.stream.intake.RecordDecoder;
import dev.inkstream.stream.intake.RecordDecoder.Decoded;
import io.micrometer.core.instrument.Timer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
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

    private final RecordDecoder<WeightSnapshot> decoder;
    private final ClassifierSettings settings;
    private final ServingModel serving;
    private final ClassifierMeters meters;
    private final byte[] shadowKey;
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
            Cut.check(record.headers());
            if (isOfShadow(record.key())) {
                runBeside(record);
                return;
            }
            Decoded<WeightSnapshot> decoded = decoder.decode(record.key(), record.value());
            if (!decoded.key().equals(settings.model())) {
                return;
            }
            requireDecision(decoded.value().id(), record.headers());
            ServingModel.Loaded loaded = load(decoded.value());
            serving.swap(loaded);
            versions.put(decoded.key(), loaded.id().version());
            meters.swapped(start, loaded.id().version(), context.currentSystemTimeMs());
            LOG.info("loaded {}", loaded.id());
        } catch (InvalidRecordException e) {
            refused(e);
        } catch (SchemaRegistryException e) {
            if (serving.current().isEmpty()) {
                throw e;
            }
            refused(e);
        }
    }

    /// A roll-back is a decision; a lower version without one is from another writer, or an old record written again.
    private void requireDecision(ModelVersion next, Headers headers) {
        Optional<ModelVersion> lower =
                serving.current().map(ServingModel.Loaded::id).filter(current -> next.version() < current.version());
        if (lower.isPresent() && DecisionHeader.number(headers).isEmpty()) {
            throw new InvalidRecordException(
                    RejectReason.BAD_SNAPSHOT,
                    "snapshot " + next.model() + " v" + next.version() + " is refused: its version is lower than v"
                            + lower.get().version() + ", and it has no header " + DecisionHeader.NAME);
        }
    }

    private boolean isOfShadow(byte @Nullable [] key) {
        return Arrays.equals(key, shadowKey);
    }

    /// A null value ends the shadow. One that cannot be used ends it too: what labels say would be of another version.
    private void runBeside(Record<byte[], byte[]> record) {
        serving.runBeside(null);
        meters.shadow(OptionalLong.empty());
        if (record.value() != null) {
            ServingModel.Loaded shadow =
                    load(decoder.decode(record.key(), record.value()).value());
            serving.runBeside(shadow);
            meters.shadow(OptionalLong.of(shadow.id().version()));
            LOG.info("runs {} as the shadow", shadow.id());
        }
    }

    private ServingModel.Loaded load(WeightSnapshot snapshot) {
        Network network = Snapshots.network(snapshot, settings.format());
        return new ServingModel.Loaded(snapshot.id(), network);
    }

    private void refused(RuntimeException e) {
        meters.refused();
        String serves =
                serving.current().map(loaded -> loaded.id() + " still serves").orElse("no version serves yet");
        LOG.warn(
                "refused a record on {}: {}; {}",
                settings.topics().servingWeights().name(),
                e.getMessage(),
                serves);
    }
}
