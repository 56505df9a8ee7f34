package dev.inkstream.evaluator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkstream.record.LabeledImage;
import dev.inkstream.stream.Frames;
import dev.inkstream.stream.Samples;
import dev.inkstream.stream.intake.DeadLetterHeaders;
import dev.inkstream.stream.intake.DeadLetterSink;
import dev.inkstream.stream.intake.RecordDecoder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// How many images are kept; the rest is tested with the topology.
class KeepHoldoutProcessorTest {
    private final MockProcessorContext<Object, Object> context = new MockProcessorContext<>();
    private final KeyValueStore<String, LabeledImage> store = Stores.keyValueStoreBuilder(
                    Stores.inMemoryKeyValueStore(EvaluatorTopology.HOLDOUT),
                    Serdes.String(),
                    Samples.SERDES.labeledImage())
            .withLoggingDisabled()
            .build();
    private final KeepHoldoutProcessor processor = new KeepHoldoutProcessor(
            new RecordDecoder<>(
                    Samples.TOPICS.holdoutImages().name(),
                    Samples.SERDES.labeledImage().deserializer(),
                    Samples.FORMAT::check),
            new DeadLetterSink(new SimpleMeterRegistry()),
            2);

    @BeforeEach
    void init() {
        store.init(context.getStateStoreContext(), store);
        context.addStateStore(store);
        context.setRecordMetadata(Samples.TOPICS.holdoutImages().name(), 0, 0);
        context.setCurrentSystemTimeMs(0);
        processor.init(context);
    }

    @Test
    void oneImageTooManyIsADeadLetter() {
        hold("a", 0);
        hold("b", 1);
        assertThat(reasons()).isEmpty();
        hold("c", 2);
        assertThat(reasons())
                .containsExactly("HOLDOUT_FULL: there are 2 holdout images already; the evaluator keeps" + " no more");
        assertThat(ids()).containsExactly("a", "b");
    }

    @Test
    void aFullSetStillTakesALaterImageOfAnIdItHas() {
        hold("a", 0);
        hold("b", 1);
        hold("a", 2);
        assertThat(reasons()).isEmpty();
        assertThat(store.get("a")).isEqualTo(Samples.example(2));
    }

    @Test
    void aTombstoneMakesRoom() {
        hold("a", 0);
        hold("b", 1);
        process("a", null);
        hold("c", 2);
        assertThat(reasons()).isEmpty();
        assertThat(ids()).containsExactly("b", "c");
    }

    @Test
    void anUnusableImageIsNotCalledOneTooMany() {
        hold("a", 0);
        hold("b", 1);
        process("c", Frames.labeledImage(3, 2, 6, 4));
        assertThat(reasons()).containsExactly("LABEL_RANGE: label is 4; it must be 0 to 3, the classes of this model");
    }

    private void hold(String id, int example) {
        process(id, Samples.bytes(Samples.example(example)));
    }

    private void process(String id, byte[] value) {
        processor.process(new Record<>(Samples.text(id), value, 1, new RecordHeaders()));
    }

    private List<String> reasons() {
        return context.forwarded(DeadLetterSink.SINK).stream()
                .map(forward -> header(forward.record(), DeadLetterHeaders.REASON) + ": "
                        + header(forward.record(), DeadLetterHeaders.MESSAGE))
                .toList();
    }

    private static String header(Record<?, ?> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    private List<String> ids() {
        List<String> ids = new ArrayList<>();
        try (KeyValueIterator<String, LabeledImage> all = store.all()) {
            while (all.hasNext()) {
                ids.add(all.next().key);
            }
        }
        return ids;
    }
}
