package dev.inkstream.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkstream.classifier.ServingModel;
import dev.inkstream.evaluator.DecisionRules;
import dev.inkstream.evaluator.PromotionPolicy;
import dev.inkstream.labeler.LabelerPipeline;
import dev.inkstream.record.Label;
import dev.inkstream.stream.intake.DeadLetterHeaders;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.streams.Topology;
import org.junit.jupiter.api.Test;

/// Times that other languages cannot hold, as a producer that takes microseconds for milliseconds sends them.
class TimesInValuesTest {
    private static final Instant AT = Instant.ofEpochMilli(1);

    /// In Avro's encoding: microseconds of 2026, and the ends of a long.
    private static final List<byte[]> OUT_OF_RANGE = Stream.of(1_795_694_400_000_000L, Long.MIN_VALUE, Long.MAX_VALUE)
            .map(TimesInValuesTest::avro)
            .toList();

    private static final String[] TEXTS = {
        "+58873-04-16T00:00:00Z", "-292275055-05-16T16:47:04.192Z", "+292278994-08-17T07:12:55.807Z"
    };

    @Test
    void anImageIsADeadLetterOfClassifierAndLabeler() {
        // An image's time is the last of its bytes.
        byte[] image = Samples.bytes(new dev.inkstream.record.ImageRecord(3, 2, new byte[6], AT));
        for (Topology topology :
                List.of(Topologies.classifier(new ServingModel()), Topologies.labeler(new SimpleMeterRegistry()))) {
            assertDeadLetters(topology, Samples.TOPICS.images().name(), image, "capturedAt");
        }
    }

    @Test
    void aLabelIsADeadLetterOfLabelerAndEvaluator() {
        byte[] label = Samples.bytes(new Label(1, AT));
        for (Topology topology : List.of(
                Topologies.labeler(new SimpleMeterRegistry()),
                Topologies.evaluator(DecisionRules.of(PromotionPolicy.ALWAYS)))) {
            assertDeadLetters(topology, Samples.TOPICS.labels().name(), label, "labeledAt");
        }
    }

    private static void assertDeadLetters(Topology topology, String topic, byte[] value, String field) {
        try (Pipeline pipeline = new Pipeline(topology)) {
            for (byte[] time : OUT_OF_RANGE) {
                byte[] whole = Arrays.copyOf(value, value.length - 1 + time.length);
                System.arraycopy(time, 0, whole, value.length - 1, time.length);
                pipeline.pipe(topic, Samples.text("id"), whole);
            }
            assertThat(pipeline.raw(Samples.TOPICS.deadLetters().name()))
                    .extracting(letter -> LabelerPipeline.text(letter, DeadLetterHeaders.REASON) + ": "
                            + LabelerPipeline.text(letter, DeadLetterHeaders.MESSAGE))
                    .containsExactlyElementsOf(Stream.of(TEXTS)
                            .map(text -> "BAD_TIMESTAMP: " + field + " is " + text
                                    + "; it must be 0001-01-01T00:00:00Z to 9999-12-31T23:59:59.999Z")
                            .toList());
        }
    }

    private static byte[] avro(long number) {
        byte[] bytes = new byte[10];
        int length = 0;
        long left = (number << 1) ^ (number >> 63);
        do {
            long rest = left >>> 7;
            bytes[length++] = (byte) ((left & 0x7F) | (rest == 0 ? 0 : 0x80));
            left = rest;
        } while (left != 0);
        return Arrays.copyOf(bytes, length);
    }
}
