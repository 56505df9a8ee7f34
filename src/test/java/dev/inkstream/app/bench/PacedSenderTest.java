package dev.inkstream.app.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class PacedSenderTest {
    private static final long MILLI = 1_000_000;

    private final MockProducer<String, byte[]> producer =
            new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer());
    private final AtomicLong clock = new AtomicLong();
    private final List<Long> acknowledged = new ArrayList<>();

    @Test
    void noRecordIsSentBeforeItsTime() {
        List<Long> times = new ArrayList<>();
        PacedSender sender = sender(number -> times.add(clock.get() / MILLI), MILLI);

        assertThat(sender.send(new Pace(500, 10 * MILLI), 4, () -> true)).isEqualTo(4);

        assertThat(times).containsExactly(10L, 12L, 14L, 16L);
        assertThat(acknowledged).containsExactly(0L, 1L, 2L, 3L);
    }

    @Test
    void aSenderThatIsLateCatchesUp() {
        List<Long> times = new ArrayList<>();
        PacedSender sender = sender(number -> times.add(clock.get() / MILLI), 5 * MILLI);

        var _ = sender.send(new Pace(1_000, 0), 7, () -> true);

        assertThat(times).containsExactly(5L, 5L, 5L, 5L, 5L, 5L, 10L);
    }

    @Test
    void aStopEndsIt() {
        PacedSender sender = sender(number -> {}, MILLI);

        assertThat(sender.send(new Pace(1_000, 0), 100, () -> clock.get() < 3 * MILLI))
                .isEqualTo(4);
    }

    @Test
    void aRecordThatIsRefusedIsAFailure() {
        producer.sendException = new KafkaException("refused");
        PacedSender sender = sender(number -> {}, MILLI);

        assertThatThrownBy(() -> sender.send(new Pace(1_000, 0), 5, () -> true))
                .isInstanceOf(KafkaException.class)
                .hasMessageContaining("refused");
    }

    @FunctionalInterface
    private interface Sent {
        void accept(long number);
    }

    private PacedSender sender(Sent sent, long step) {
        return new PacedSender(
                producer,
                number -> {
                    sent.accept(number);
                    return new ProducerRecord<>("images", Long.toString(number), new byte[0]);
                },
                () -> clock.addAndGet(step),
                metadata -> acknowledged.add(metadata.offset()));
    }
}
