package dev.inkstream.stream.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

class CommittedReaderTest {
    private static final TopicPartition BUSY = new TopicPartition("t", 0);
    private static final TopicPartition SLOW = new TopicPartition("t", 1);

    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    private final List<Long> read = new ArrayList<>();
    private int millis;
    private int polls;

    /// The busy partition is read already.
    private final CommittedReader reader = new CommittedReader(Duration.ofSeconds(30), this::nanos);

    /// Somebody writes to a partition that is read to its end: each poll returns after 3 ms with records of that one.
    @Test
    void recordsThatAreNotWantedDoNotShortenThePatience() {
        pollsBringRecordsOfTheBusyOne(5_000);
        reader.read(consumer, Map.of(SLOW, 1L), record -> read.add(record.offset()));
        assertThat(read).containsExactly(0L);
        assertThat(millis).isGreaterThanOrEqualTo(15_000);
    }

    @Test
    void aClusterThatIsSilentFor30SecondsIsAFailure() {
        pollsBringRecordsOfTheBusyOne(Integer.MAX_VALUE);
        assertThatExceptionOfType(TimeoutException.class)
                .isThrownBy(() -> reader.read(consumer, Map.of(SLOW, 1L), record -> read.add(record.offset())))
                .withMessage("offset 0 of t did not arrive within 30000 ms");
        assertThat(millis).isBetween(30_000, 30_010);
    }

    @Test
    void theNextReadingStartsAtTheEndOfTheLastOne() {
        consumer.assign(List.of(SLOW));
        consumer.updateBeginningOffsets(Map.of(SLOW, 0L));
        List.of(0L, 1L, 2L).forEach(this::addToSlow);
        reader.read(consumer, Map.of(SLOW, 2L), record -> read.add(record.offset()));
        assertThat(read).containsExactly(0L, 1L);
        assertThat(consumer.position(SLOW)).isEqualTo(2);
        addToSlow(2L);
        reader.read(consumer, Map.of(SLOW, 3L), record -> read.add(record.offset()));
        assertThat(read).containsExactly(0L, 1L, 2L);
    }

    private void addToSlow(long offset) {
        consumer.addRecord(new ConsumerRecord<>(SLOW.topic(), SLOW.partition(), offset, new byte[0], new byte[0]));
    }

    private void pollsBringRecordsOfTheBusyOne(int pollsBefore) {
        consumer.assign(List.of(BUSY, SLOW));
        consumer.updateBeginningOffsets(Map.of(BUSY, 0L, SLOW, 0L));
        consumer.schedulePollTask(() -> poll(pollsBefore));
    }

    private void poll(int pollsBefore) {
        millis += 3;
        TopicPartition partition = ++polls < pollsBefore ? BUSY : SLOW;
        long offset = partition.equals(BUSY) ? polls : 0;
        consumer.addRecord(
                new ConsumerRecord<>(partition.topic(), partition.partition(), offset, new byte[0], new byte[0]));
        if (partition.equals(BUSY)) {
            consumer.schedulePollTask(() -> poll(pollsBefore));
        }
    }

    private long nanos() {
        return Duration.ofMillis(millis).toNanos();
    }
}
