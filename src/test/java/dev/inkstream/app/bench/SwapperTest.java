package dev.inkstream.app.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.inkstream.network.NetworkShape;
import dev.inkstream.network.Preset;
import dev.inkstream.record.WeightSnapshot;
import dev.inkstream.trainer.Training;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class SwapperTest {
    private static final long SECOND = 1_000_000_000L;

    private final WeightSnapshot first = Training.start(
                    new Training.Settings("bench", Preset.MODERN.config(new NetworkShape(List.of(4, 3, 2))), 1, 500))
            .snapshot();
    private final MockProducer<String, WeightSnapshot> producer =
            new MockProducer<>(true, null, new StringSerializer(), (topic, snapshot) -> new byte[0]);

    @Test
    void anotherVersionServesEachTimeButInTheSlicesWithout() {
        Swapper swapper = swapper(Duration.ofSeconds(1));
        for (int halves = 0; halves < 12; halves++) {
            swapper.tick(halves * SECOND / 2);
        }

        // Seconds 0 and 1 warm up; 2 and 3 are without; 4 and 5 are with.
        assertThat(producer.history())
                .extracting(record -> record.value().id().version())
                .containsExactly(1L, 2L, 3L, 4L);
        assertThat(producer.history()).allSatisfy(record -> {
            assertThat(record.topic()).isEqualTo("serving-weights");
            assertThat(record.key()).isEqualTo("bench");
            assertThat(record.value().weights()).isEqualTo(first.weights());
        });
        assertThat(swapper.swapped()).isEqualTo(4);
    }

    @Test
    void itSwapsOnAThreadOfItsOwnUntilThatIsClosed() throws InterruptedException {
        AtomicLong halves = new AtomicLong();
        CountDownLatch through = new CountDownLatch(13);
        Swaps swaps = Swaps.start(swapper(Duration.ofSeconds(1)), () -> {
            through.countDown();
            return Math.min(11, halves.getAndIncrement()) * SECOND / 2;
        });
        through.await();
        swaps.close();

        assertThat(producer.history()).hasSize(4);
        assertThat(swaps.ended()).isCompleted();
    }

    @Test
    void theThreadEndsAtOnceIfThereIsNothingToSwap() {
        Swaps.start(swapper(Duration.ZERO), () -> 0).ended().join();

        assertThat(producer.history()).isEmpty();
    }

    @Test
    void aVersionThatCannotBeSentFailsTheMeasurement() {
        producer.sendException = new IllegalStateException("no room");
        Swaps swaps = Swaps.start(swapper(Duration.ofSeconds(1)), () -> 0);

        assertThatThrownBy(() -> swaps.ended().join()).hasRootCauseMessage("no room");
        assertThatThrownBy(swaps::close).hasRootCauseMessage("no room");
    }

    @Test
    void withoutATimeItSwapsNothing() {
        Swapper swapper = swapper(Duration.ZERO);
        swapper.tick(5 * SECOND);

        assertThat(producer.history()).isEmpty();
    }

    private Swapper swapper(Duration every) {
        return new Swapper(
                producer,
                new ProducerRecord<>("serving-weights", "bench", first),
                new Slices(Duration.ofSeconds(2), Duration.ofSeconds(2)),
                every);
    }
}
