package dev.inkstream.classifier;

import dev.inkstream.codec.SchemaRegistryException;
import dev.inkstream.network.Network;
import dev.inkstream.record.InvalidRecordException;
import dev.inkstream.record.WeightSnapshot;
import dev.inkstream.stream.Snapshots;
import dev.inkstream.stream.intake.Cut;
import dev.inkstream.stream.intake.RecordDecoder;
import dev.inkstream.stream.intake.RecordDecoder.Decoded;
import io.micrometer.core.instrument.Timer;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Loads each version on `serving-weights`, on every instance: decodes and verifies it once, then
/// swaps the reference. What it refuses stays on the topic, and the version in use serves on.
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
            Decoded<WeightSnapshot> decoded = decoder.decode(record.key(), record.value());
            if (!decoded.key().equals(settings.model())) {
                return;
            }
            WeightSnapshot snapshot = decoded.value();
            Network network = Snapshots.network(snapshot, settings.format());
            serving.swap(new ServingModel.Loaded(snapshot.id(), network));
            versions.put(decoded.key(), snapshot.id().version());
            meters.swapped(start, snapshot.id().version(), context.currentSystemTimeMs());
            LOG.info("loaded {}", snapshot.id());
        } catch (InvalidRecordException e) {
            refused(e);
        } catch (SchemaRegistryException e) {
            if (serving.current().isEmpty()) {
                throw e;
            }
            refused(e);
        }
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
