package dev.inkstream.live;

import dev.inkstream.record.LiveEvaluation;
import dev.inkstream.stream.ImageFormat;
import dev.inkstream.stream.Samples;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/// The live join alone, on stores that outlive it and count how they are used.
final class LiveJoin {
    private final MockProcessorContext<String, Object> context = new MockProcessorContext<>();
    private final Map<String, Integer> calls = new TreeMap<>();
    private final KeyValueStore<byte[], byte[]> images;
    private final KeyValueStore<byte[], byte[]> outcomes;
    private JoinPredictionWithLabelProcessor processor;

    LiveJoin(LiveSettings settings) {
        images = addStore(JoinPredictionWithLabelProcessor.IMAGES, Serdes.ByteArray());
        outcomes = addStore(JoinPredictionWithLabelProcessor.OUTCOMES, Serdes.ByteArray());
        addStore(JoinPredictionWithLabelProcessor.WINDOWS, Serdes.ByteArray());
        addStore(JoinPredictionWithLabelProcessor.PROGRESS, Serdes.String());
        restart(settings);
    }

    void restart(LiveSettings settings) {
        restart(settings, Samples.FORMAT);
    }

    void restart(LiveSettings settings, ImageFormat format) {
        processor = new JoinPredictionWithLabelProcessor(
                new LiveModel(Samples.TOPICS, Samples.MODEL, format, settings),
                new LiveMeters(new SimpleMeterRegistry(), format.classes()));
        processor.init(context);
        calls.clear();
    }

    void predict(String id, int label, long millis) {
        processor.process(new Record<>(Samples.text(id), new OutcomeEvent.Predicted(label, millis, 1), millis));
    }

    void label(String id, int label, long millis) {
        processor.process(new Record<>(Samples.text(id), new OutcomeEvent.Labeled(label, millis), millis));
    }

    /// All that has been told so far.
    List<LiveEvaluation> told() {
        return context.forwarded().stream()
                .map(forward -> forward.record().value())
                .filter(LiveEvaluation.class::isInstance)
                .map(LiveEvaluation.class::cast)
                .toList();
    }

    long imagesHeld() {
        return images.approximateNumEntries();
    }

    long outcomesWaiting() {
        return outcomes.approximateNumEntries();
    }

    /// How often each method of a store was called since the last start, as `live-images.get`.
    Map<String, Integer> calls() {
        return calls;
    }

    @SuppressWarnings("unchecked") // a proxy is of the type that it is asked for
    private <K> KeyValueStore<K, byte[]> addStore(String name, Serde<K> keys) {
        KeyValueStore<K, byte[]> store = Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore(name), keys, Serdes.ByteArray())
                .withLoggingDisabled()
                .build();
        store.init(context.getStateStoreContext(), store);
        context.addStateStore((KeyValueStore<K, byte[]>) Proxy.newProxyInstance(
                LiveJoin.class.getClassLoader(), new Class<?>[] {KeyValueStore.class}, (proxy, method, arguments) -> {
                    calls.merge(name + "." + method.getName(), 1, Integer::sum);
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
        return store;
    }
}
