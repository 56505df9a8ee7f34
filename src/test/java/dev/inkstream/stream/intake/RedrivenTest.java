package dev.inkstream.stream.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkstream.stream.Pipeline;
import dev.inkstream.stream.Samples;
import dev.inkstream.stream.Topologies;
import dev.inkstream.trainer.LabeledExamples;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.streams.Topology;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// A record that returned from the dead letters is for the applications that its header names.
class RedrivenTest {
    private static final byte[] KEY = Samples.text("id-1");

    static List<Arguments> inputs() {
        return DeadLetterSinkTest.inputs();
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void othersPassItOver(String topic, Topology topology) {
        try (Pipeline pipeline = new Pipeline(topology)) {
            pipeline.pipe(topic, KEY, Samples.text("bad"), returned(topic, "t.other,t.application"));
            assertThat(pipeline.raw(Samples.TOPICS.deadLetters().name())).isEmpty();

            pipeline.pipe(topic, KEY, Samples.text("bad"), returned(topic, "t.other," + Pipeline.APPLICATION));
            pipeline.pipe(topic, KEY, Samples.text("bad"), returned("t.elsewhere", "t.other"));
            assertThat(pipeline.raw(Samples.TOPICS.deadLetters().name()))
                    .hasSize(2)
                    .first()
                    .satisfies(letter -> assertThat(Redriven.attempts(letter.headers(), topic))
                            .as("the dead letter of a record that has returned says so")
                            .isEqualTo(2));
        }
    }

    @Test
    void whatIsPassedOverIsCounted() {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        String topic = Samples.TOPICS.images().name();
        try (Pipeline pipeline = new Pipeline(Topologies.labeler(meters))) {
            pipeline.pipe(topic, KEY, Samples.bytes(Samples.image(0)), returned(topic, "t.other"));
            assertThat(meters.get(DeadLetterSink.PASSED_OVER)
                            .tag("topic", topic)
                            .counter()
                            .count())
                    .isEqualTo(1);
        }
    }

    /// A trainer that resumes, and `models verify`, skip what the running trainer passed over.
    @Test
    void aSecondReadingOfLabeledImagesPassesOverTheSame() {
        String topic = Samples.TOPICS.labeledImages().name();
        List<ConsumerRecord<byte[], byte[]>> log = List.of(
                example(topic, 0, new RecordHeaders()),
                example(topic, 1, returned(topic, "t.trainer-other")),
                example(topic, 2, returned(topic, "t.trainer-other,t.trainer-digits")));
        List<Long> read = new ArrayList<>();
        new LabeledExamples(
                        (from, to, sink) -> log.forEach(sink),
                        Samples.TOPICS.labeledImages().decoder(Samples.SERDES),
                        "t.trainer-digits")
                .read(0, 3, example -> read.add(example.offset()));
        assertThat(read).containsExactly(0L, 2L);
    }

    @Test
    void attemptsAreThoseOnThisTopic() {
        Headers headers = returned("t.images", "t.labeler");
        assertThat(Redriven.attempts(headers, "t.images")).isEqualTo(2);
        assertThat(Redriven.attempts(headers, "t.predictions")).isZero();
        headers.add(Redriven.ATTEMPT, Samples.text("many"));
        assertThat(Redriven.attempts(headers, "t.images")).isZero();
        assertThat(Redriven.attempts(new RecordHeaders(), "t.images")).isZero();
    }

    private static ConsumerRecord<byte[], byte[]> example(String topic, long offset, Headers headers) {
        byte[] value = Samples.bytes(Samples.example(offset));
        return new ConsumerRecord<>(
                topic,
                0,
                offset,
                1_000,
                TimestampType.CREATE_TIME,
                KEY.length,
                value.length,
                KEY,
                value,
                headers,
                Optional.empty());
    }

    private static Headers returned(String topic, String applications) {
        return new RecordHeaders()
                .add(Redriven.TOPIC, Samples.text(topic))
                .add(Redriven.APPLICATIONS, Samples.text(applications))
                .add(Redriven.ATTEMPT, Samples.text("2"));
    }
}
