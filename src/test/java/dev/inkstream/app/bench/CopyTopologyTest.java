package dev.inkstream.app.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkstream.codec.AvroSerdes;
import dev.inkstream.codec.InMemorySchemaRegistry;
import dev.inkstream.codec.SchemaRegistry;
import dev.inkstream.record.ImageRecord;
import dev.inkstream.record.LabeledImage;
import dev.inkstream.stream.ImageFormat;
import dev.inkstream.stream.Topics;
import dev.inkstream.stream.intake.DeadLetterSink;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CopyTopologyTest {
    private static final byte[] KEY = {'a'};
    private static final Topics TOPICS = new Topics("bench.");
    private static final Instant NOW = Instant.parse("2026-11-27T10:00:00Z");
    private static final ImageRecord IMAGE = new ImageRecord(2, 2, new byte[] {1, 2, 3, 4}, NOW);

    private final SchemaRegistry registry = new InMemorySchemaRegistry();
    private final AvroSerdes serdes = new AvroSerdes(registry);

    @ParameterizedTest
    @EnumSource(
            value = CopyMode.class,
            names = {"PASS_THROUGH", "COPY"})
    void anImageComesOutAsItWent(CopyMode mode) {
        String images = TOPICS.images().name();
        byte[] value = serdes.image().serializer().serialize(images, IMAGE);

        List<KeyValue<byte[], byte[]>> out =
                run(mode, images, value, TOPICS.predictions().name());

        assertThat(out).hasSize(1);
        assertThat(out.getFirst().key).isEqualTo(KEY);
        assertThat(out.getFirst().value).isEqualTo(value);
    }

    @Test
    void aPassThroughDecodesNothing() {
        byte[] garbage = {1, 2, 3};

        assertThat(run(
                        CopyMode.PASS_THROUGH,
                        TOPICS.images().name(),
                        garbage,
                        TOPICS.predictions().name()))
                .hasSize(1);
        assertThat(run(
                        CopyMode.COPY,
                        TOPICS.images().name(),
                        garbage,
                        TOPICS.predictions().name()))
                .isEmpty();
        assertThat(run(
                        CopyMode.COPY,
                        TOPICS.images().name(),
                        garbage,
                        TOPICS.deadLetters().name()))
                .hasSize(1);
    }

    @Test
    void decodingLabeledImagesWritesOnlyDeadLetters() {
        String labeled = TOPICS.labeledImages().name();
        byte[] value = serdes.labeledImage().serializer().serialize(labeled, new LabeledImage(IMAGE, 1));

        assertThat(run(CopyMode.DECODE, labeled, value, TOPICS.deadLetters().name()))
                .isEmpty();
        assertThat(run(
                        CopyMode.DECODE,
                        labeled,
                        new byte[] {1},
                        TOPICS.deadLetters().name()))
                .hasSize(1);
    }

    private List<KeyValue<byte[], byte[]>> run(CopyMode mode, String from, byte[] value, String to) {
        CopyTopology topology = new CopyTopology(
                TOPICS, new ImageFormat(2, 2, 10), registry, new DeadLetterSink(new SimpleMeterRegistry()));
        try (TopologyTestDriver driver = new TopologyTestDriver(topology.get(mode), new Properties(), NOW)) {
            driver.createInputTopic(from, new ByteArraySerializer(), new ByteArraySerializer())
                    .pipeInput(KEY, value, NOW);
            return driver.createOutputTopic(to, new ByteArrayDeserializer(), new ByteArrayDeserializer())
                    .readKeyValuesToList();
        }
    }
}
