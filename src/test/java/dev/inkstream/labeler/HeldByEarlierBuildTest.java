package dev.inkstream.labeler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkstream.record.Label;
import dev.inkstream.record.LabeledImage;
import dev.inkstream.record.StateFormat;
import dev.inkstream.stream.Samples;
import dev.inkstream.stream.intake.DeadLetterHeaders;
import dev.inkstream.stream.intake.DeadLetterSink;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

/// An image that a build with format 1 held, as it came: in the store, or on the internal topic.
class HeldByEarlierBuildTest {
    private static final long TIME = 5_000;
    private static final byte[] ID = Samples.text("id");

    private final MockProcessorContext<byte[], Object> context = new MockProcessorContext<>();
    private final KeyValueStore<byte[], byte[]> held = store(LabelerTopology.HELD);
    private final KeyValueStore<byte[], byte[]> clock = store(LabelerTopology.STREAM_TIME);

    @Test
    void inTheStoreIsJoined() {
        held.put(ID, imageOfFormat1(Samples.bytes(Samples.image(1))));
        JoinImageWithLabelProcessor join = join();

        join.process(label());

        assertJoined();
    }

    @Test
    void onTheInternalTopicIsJoinedAfterARestart() {
        join().process(new Record<>(ID, imageOfFormat1(Samples.bytes(Samples.image(1))), TIME));

        join().process(label());

        assertJoined();
    }

    @Test
    void thatCannotBeDecodedMakesItsLabelADeadLetter() {
        context.setCurrentSystemTimeMs(TIME + 2);
        held.put(ID, imageOfFormat1(Samples.text("no image")));
        JoinImageWithLabelProcessor join = join();

        join.process(label());

        assertThat(context.forwarded()).singleElement().satisfies(letter -> {
            assertThat(letter.record().value()).isEqualTo(value());
            assertThat(new String(
                            letter.record()
                                    .headers()
                                    .lastHeader(DeadLetterHeaders.MESSAGE)
                                    .value(),
                            StandardCharsets.UTF_8))
                    .startsWith("the image of this id cannot be used: ");
        });
        assertThat(held.get(ID)).isNull();
    }

    private void assertJoined() {
        assertThat(context.forwarded())
                .singleElement()
                .satisfies(forward -> assertThat(forward.record())
                        .isEqualTo(new Record<>(ID, new LabeledImage(Samples.image(1), 3), TIME + 1)));
        assertThat(HeldRecord.fromBytes(held.get(ID))).isEqualTo(HeldRecord.joined(TIME + 1));
        assertThat(clock.get(JoinImageWithLabelProcessor.CLOCK)).isNotNull();
    }

    private static byte[] imageOfFormat1(byte[] value) {
        return StateFormat.first("test")
                .writer()
                .number(0)
                .number(TIME)
                .number(TIME)
                .bytes(value)
                .toBytes();
    }

    private static Record<byte[], byte[]> label() {
        PendingLabel.Origin where =
                new PendingLabel.Origin(Samples.TOPICS.labels().name(), 0, 1);
        PendingLabel label = new PendingLabel(3, TIME + 1, where, new RecordHeaders(), value());
        HeldRecord record = new HeldRecord(TIME + 1, TIME + 1, new HeldContent.Label(label.toBytes()));
        return new Record<>(ID, record.toBytes(), TIME + 1);
    }

    private static byte[] value() {
        return Samples.bytes(new Label(3, Instant.EPOCH));
    }

    private JoinImageWithLabelProcessor join() {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        JoinImageWithLabelProcessor join = new JoinImageWithLabelProcessor(
                new LabelerSettings(Samples.TOPICS, Duration.ofMinutes(1), 64_000_000, 1),
                Samples.SERDES.image().deserializer(),
                new DeadLetterSink(meters),
                new LabelerMeters(meters));
        join.init(context);
        return join;
    }

    private KeyValueStore<byte[], byte[]> store(String name) {
        KeyValueStore<byte[], byte[]> store = Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore(name), Serdes.ByteArray(), Serdes.ByteArray())
                .withLoggingDisabled()
                .build();
        store.init(context.getStateStoreContext(), store);
        context.addStateStore(store);
        return store;
    }
}
