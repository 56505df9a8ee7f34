package dev.inkstream.app.origin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkstream.record.LabeledImage;
import dev.inkstream.stream.Samples;
import dev.inkstream.stream.intake.Redriven;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The set is the one that the evaluator keeps.
class HoldoutSetTest {
    private static final String TOPIC = Samples.TOPICS.holdoutImages().name();
    private static final long NOW = 1_000_000_000_000L;
    private static final long AHEAD = NOW + 2 * 3_600_000L;
    private static final String EVALUATOR = "t.evaluator-digits";

    private final HoldoutSet.Kept kept =
            new HoldoutSet.Kept(Samples.TOPICS.holdoutImages().decoder(Samples.SERDES), EVALUATOR, NOW, 2);

    @Test
    void keepsTheLastImageOfEachIdInTheirOrder() {
        kept.add(record("b", Samples.example(1), NOW));
        kept.add(record("a", Samples.example(2), NOW));
        kept.add(record("b", Samples.example(3), NOW));

        assertThat(kept.set().images()).containsExactly(Samples.example(2), Samples.example(3));
    }

    @Test
    void aNullValueRemoves() {
        kept.add(record("a", Samples.example(1), NOW));
        kept.add(record("a", null, NOW));

        assertThat(kept.set().images()).isEmpty();
    }

    @Test
    void leavesOutWhatTheEvaluatorRefuses() {
        kept.add(record("a", Samples.example(1), AHEAD));
        kept.add(record("b", Samples.example(2), -1));
        kept.add(new ConsumerRecord<>(TOPIC, 0, 0, Samples.text("c"), new byte[] {1}));

        assertThat(kept.set().images()).isEmpty();
    }

    @Test
    void leavesOutWhatReturnedForOthers() {
        kept.add(returned("a", "t.labeler"));
        kept.add(returned("b", EVALUATOR));

        assertThat(kept.set().images()).containsExactly(Samples.example(1));
    }

    @Test
    void takesNoMoreThanTheEvaluator() {
        kept.add(record("a", Samples.example(1), NOW));
        kept.add(record("b", Samples.example(2), NOW));
        kept.add(record("c", Samples.example(3), NOW));
        kept.add(record("a", Samples.example(4), NOW));

        assertThat(kept.set().images()).containsExactly(Samples.example(4), Samples.example(2));
    }

    private static ConsumerRecord<byte[], byte[]> returned(String id, String application) {
        ConsumerRecord<byte[], byte[]> record = record(id, Samples.example(1), NOW);
        record.headers().add(Redriven.TOPIC, Samples.text(TOPIC));
        record.headers().add(Redriven.APPLICATIONS, Samples.text(application));
        return record;
    }

    private static ConsumerRecord<byte[], byte[]> record(String id, @Nullable LabeledImage image, long timestamp) {
        byte[] value = image == null ? null : Samples.bytes(image);
        return new ConsumerRecord<>(
                TOPIC,
                0,
                0,
                timestamp,
                TimestampType.CREATE_TIME,
                0,
                0,
                Samples.text(id),
                value,
                new RecordHeaders(),
                Optional.empty());
    }
}
