package dev.inkstream.live;

import dev.inkstream.record.LiveEvaluation;
import dev.inkstream.stream.CountingStore;
import dev.inkstream.stream.ImageFormat;
import dev.inkstream.stream.Samples;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/// The join of one partition and the sum behind it, on stores that outlive them.
final class LiveJoin {
    private final MockProcessorContext<Integer, byte[]> joining = new MockProcessorContext<>();
    private final MockProcessorContext<String, Object> summing = new MockProcessorContext<>();
    private final CountingStore<byte[]> images = add(JoinOutcomesProcessor.OUTCOMES, Serdes.ByteArray(), joining);
    private final CountingStore<byte[]> slices = add(SumOutcomesProcessor.SLICES, Serdes.ByteArray(), summing);
    private final CountingStore<byte[]> windows = add(SumOutcomesProcessor.WINDOWS, Serdes.ByteArray(), summing);
    private final List<LiveEvaluation> emitted = new ArrayList<>();
    private int batches;
    private JoinOutcomesProcessor join;
    private SumOutcomesProcessor sum;

    LiveJoin(LiveSettings settings) {
        add(JoinOutcomesProcessor.PROGRESS, Serdes.String(), joining);
        add(SumOutcomesProcessor.PROGRESS, Serdes.String(), summing);
        restart(settings);
    }

    void restart(LiveSettings settings) {
        restart(settings, Samples.FORMAT);
    }

    void restart(LiveSettings settings, ImageFormat format) {
        LiveMeters meters = new LiveMeters(new SimpleMeterRegistry(), format.classes());
        join = new JoinOutcomesProcessor(settings, meters);
        join.init(joining);
        sum = new SumOutcomesProcessor(
                new LiveModel(Samples.TOPICS, Samples.MODEL, format, settings),
                meters,
                new PairsTo("none", Function.identity()));
        sum.init(summing);
        images.reset();
    }

    void predict(String id, int label, long millis) {
        predict(id, label, millis, millis);
    }

    void predict(String id, int label, long millis, long arrivedAt) {
        process(new OutcomeEvent(Samples.text(id), millis, arrivedAt, 1, label, Shadow.NONE));
    }

    void label(String id, int label, long millis) {
        label(id, label, millis, millis);
    }

    void label(String id, int label, long millis, long arrivedAt) {
        process(new OutcomeEvent(Samples.text(id), millis, arrivedAt, OutcomeEvent.NONE, label, Shadow.NONE));
    }

    /// A while without records.
    void silence() {
        joining.scheduledPunctuators().getLast().getPunctuator().punctuate(0);
        sum();
    }

    private void process(OutcomeEvent event) {
        EventBatch batch = new EventBatch();
        batch.add(event);
        join.process(new Record<>(batch.key(), batch.toBytes(), event.arrivedAt()));
        sum();
    }

    private void sum() {
        joining.forwarded().forEach(forward -> {
            batches++;
            Record<? extends Integer, ? extends byte[]> batch = forward.record();
            sum.process(new Record<>(batch.key(), batch.value(), batch.timestamp()));
        });
        joining.resetForwards();
        summing.forwarded().stream()
                .map(forward -> forward.record().value())
                .filter(LiveEvaluation.class::isInstance)
                .map(LiveEvaluation.class::cast)
                .forEach(emitted::add);
        summing.resetForwards();
    }

    /// How many batches the join has sent.
    int batches() {
        return batches;
    }

    /// All evaluations emitted so far.
    List<LiveEvaluation> published() {
        return emitted;
    }

    CountingStore<byte[]> images() {
        return images;
    }

    CountingStore<byte[]> slices() {
        return slices;
    }

    CountingStore<byte[]> windows() {
        return windows;
    }

    private static <K> CountingStore<K> add(String name, Serde<K> keys, MockProcessorContext<?, ?> context) {
        CountingStore<K> store = CountingStore.of(name, keys, context.getStateStoreContext());
        context.addStateStore(store);
        return store;
    }
}
