package dev.inkstream.labeler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkstream.record.ImageRecord;
import dev.inkstream.record.Label;
import dev.inkstream.record.LabeledImage;
import dev.inkstream.stream.Samples;
import dev.inkstream.stream.intake.DeadLetterSink;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntPredicate;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is joined, dropped and dead-lettered does not depend on where the labeler was stopped: all that the next
/// record needs is in the stores.
class JoinImageWithLabelRestartTest {
    private static final int ARRIVALS = 2_000;
    /// Of a tenth of the arrivals. Together they take more than the smaller limit.
    private static final int WINDOW = 2_000;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @ParameterizedTest
    @ValueSource(longs = {64_000_000, 2_000_000})
    void ofAnyRecord(long maxBytes) {
        List<Record<byte[], byte[]>> arrivals = arrivals();
        List<String> whole = run(arrivals, maxBytes, i -> false, false);
        assertThat(whole).as("images were joined").anyMatch(line -> line.startsWith("write-labeled-images"));
        assertThat(whole).as("labels were not").anyMatch(line -> line.startsWith("write-dead-letters"));
        assertThat(run(arrivals, maxBytes, i -> true, false)).isEqualTo(whole);
        assertThat(run(arrivals, maxBytes, i -> i % 97 == 0, false)).isEqualTo(whole);
        // Were stream time forgotten, this test would see it.
        assertThat(run(arrivals, maxBytes, i -> true, true)).isNotEqualTo(whole);
    }

    /// What comes out, line by line.
    private List<String> run(
            List<Record<byte[], byte[]>> arrivals, long maxBytes, IntPredicate restartBefore, boolean forgetTime) {
        MockProcessorContext<byte[], Object> context = new MockProcessorContext<>();
        context.setCurrentSystemTimeMs(0);
        var _ = addStore(context, LabelerTopology.HELD, Serdes.ByteArray());
        KeyValueStore<byte[], byte[]> clock = addStore(context, LabelerTopology.STREAM_TIME, Serdes.ByteArray());
        JoinImageWithLabelProcessor processor = processor(maxBytes, context);
        for (int i = 0; i < arrivals.size(); i++) {
            if (restartBefore.test(i)) {
                if (forgetTime) {
                    clock.delete(JoinImageWithLabelProcessor.CLOCK);
                }
                processor = processor(maxBytes, context);
            }
            processor.process(arrivals.get(i));
        }
        return context.forwarded().stream()
                .map(forward -> forward.childName().orElseThrow() + " " + text(forward.record()))
                .toList();
    }

    private JoinImageWithLabelProcessor processor(long maxBytes, MockProcessorContext<byte[], Object> context) {
        JoinImageWithLabelProcessor processor = new JoinImageWithLabelProcessor(
                new LabelerSettings(Samples.TOPICS, Duration.ofMillis(WINDOW), 100 * maxBytes, 100),
                Samples.SERDES.image().deserializer(),
                new DeadLetterSink(meters),
                new LabelerMeters(meters));
        processor.init(context);
        return processor;
    }

    private static <V> KeyValueStore<byte[], V> addStore(
            MockProcessorContext<byte[], Object> context, String name, Serde<V> values) {
        KeyValueStore<byte[], V> store = Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore(name), Serdes.ByteArray(), values)
                .withLoggingDisabled()
                .build();
        store.init(context.getStateStoreContext(), store);
        context.addStateStore(store);
        return store;
    }

    /// Few ids, so that all that can happen to one happens; time advances, with steps back beyond the window.
    private static List<Record<byte[], byte[]>> arrivals() {
        Random random = new Random(20_261_124);
        List<Record<byte[], byte[]>> arrivals = new ArrayList<>();
        for (int i = 0; i < ARRIVALS; i++) {
            long time = Math.max(0, 10L * i - (random.nextInt(10) == 0 ? random.nextInt(3_000) : 0));
            byte[] id = Samples.text("id-" + random.nextInt(600));
            HeldRecord entry = random.nextBoolean()
                    ? new HeldRecord(time, 10L * i, new HeldContent.Image(image(random)))
                    : new HeldRecord(time, 10L * i, new HeldContent.Label(label(i).toBytes()));
            arrivals.add(new Record<>(id, entry.toBytes(), time));
        }
        return arrivals;
    }

    private static ImageRecord image(Random random) {
        byte[] pixels = new byte[200 * 150];
        random.nextBytes(pixels);
        return new ImageRecord(200, 150, pixels, Instant.EPOCH);
    }

    private static PendingLabel label(int i) {
        byte[] value = Samples.bytes(new Label(i % 4, Instant.ofEpochMilli(i)));
        return new PendingLabel(
                i % 4,
                i,
                new PendingLabel.Origin(Samples.TOPICS.labels().name(), i % 3, i),
                new RecordHeaders(),
                value);
    }

    private static String text(Record<? extends byte[], ?> record) {
        String value = record.value() instanceof LabeledImage labeled
                ? labeled + " " + Arrays.hashCode(labeled.image().pixels().bytes())
                : Arrays.toString((byte[]) record.value());
        return new String(record.key(), StandardCharsets.UTF_8) + "@" + record.timestamp() + " "
                + Arrays.toString(record.headers().toArray()) + " " + value;
    }
}
