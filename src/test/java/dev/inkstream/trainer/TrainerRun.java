package dev.inkstream.trainer;

import dev.inkstream.record.WeightSnapshot;
import dev.inkstream.stream.Pipeline;
import dev.inkstream.stream.Samples;
import dev.inkstream.stream.intake.Arrived;
import dev.inkstream.stream.intake.DeadLetterSink;
import dev.inkstream.stream.intake.RecordDecoder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/// The life of one train-network processor from a committed state on: it is given the records that the decode step
/// before it lets through, at offsets of the test's choosing.
final class TrainerRun {
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final TrainProcessor processor;
    private final List<WeightSnapshot> published = new ArrayList<>();
    private final List<String> deadLetters = new ArrayList<>();
    private MockProcessorContext<Object, Object> context;
    private KeyValueStore<String, byte[]> store;

    /// @param checkpoint what the store was restored with, null for nothing
    TrainerRun(Training.Settings settings, LabeledLog log, byte[] checkpoint) {
        this(new TrainerSettings(Samples.TOPICS, settings, Samples.FORMAT), log, checkpoint);
    }

    TrainerRun(TrainerSettings settings, LabeledLog log, byte[] checkpoint) {
        processor = new TrainProcessor(
                settings,
                new LabeledExamples(
                        log,
                        new RecordDecoder<>(
                                Samples.TOPICS.labeledImages().name(),
                                Samples.SERDES.labeledImage().deserializer(),
                                Samples.FORMAT::check),
                        settings.applicationId()),
                new TrainerMeters(meters, 0.05f),
                new DeadLetterSink(meters));
        init(checkpoint);
    }

    /// How many examples were counted as trained on.
    double counted() {
        return meters.counter("inkstream.examples.trained").count();
    }

    /// Once more on the same processor, as after a failed transaction: what was not committed has not happened.
    void init(byte[] checkpoint) {
        context = new MockProcessorContext<>();
        context.setCurrentSystemTimeMs(Pipeline.NOW.toEpochMilli());
        store = Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore(TrainerTopology.CHECKPOINT), Serdes.String(), Serdes.ByteArray())
                .withLoggingDisabled()
                .build();
        store.init(context.getStateStoreContext(), store);
        context.addStateStore(store);
        published.clear();
        deadLetters.clear();
        if (checkpoint != null) {
            store.put(Samples.MODEL, checkpoint);
        }
        processor.init(context);
    }

    void tick() {
        MockProcessorContext.CapturedPunctuator punctuator =
                context.scheduledPunctuators().getFirst();
        if (!punctuator.cancelled()) {
            punctuator.getPunctuator().punctuate(1);
            collect();
        }
    }

    void deliver(List<FakeLabeledLog.Entry> entries) {
        for (FakeLabeledLog.Entry entry : entries) {
            if (entry.isGood()) {
                context.setRecordMetadata(Samples.TOPICS.labeledImages().name(), 0, entry.offset());
                processor.process(new Record<>(
                        "id", new Arrived<>(entry.example(), new Record<>(Samples.text("id"), entry.value(), 1)), 1));
                collect();
            }
        }
    }

    List<WeightSnapshot> published() {
        return List.copyOf(published);
    }

    /// Reason and offset of each dead letter, as `REASON@OFFSET`.
    List<String> deadLetters() {
        return List.copyOf(deadLetters);
    }

    private static String header(Record<?, ?> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    /// What a commit now would leave behind; null for nothing.
    byte[] checkpoint() {
        return store.get(Samples.MODEL);
    }

    private void collect() {
        context.forwarded(TrainerTopology.WRITE_WEIGHT_SNAPSHOTS)
                .forEach(forward ->
                        published.add((WeightSnapshot) forward.record().value()));
        context.forwarded(DeadLetterSink.SINK)
                .forEach(forward -> deadLetters.add(header(forward.record(), "inkstream.reason") + "@"
                        + header(forward.record(), "inkstream.offset")));
        context.resetForwards();
    }
}
