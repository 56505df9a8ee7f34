package dev.inkstream.stream.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class OutstandingTest {
    private static final TopicPartition IMAGES = new TopicPartition("images", 0);
    private static final TopicPartition INTERNAL = new TopicPartition("app-repartition", 0);
    private static final long WEIGHT = 200 + 8;

    private final Outstanding outstanding = new Outstanding(10 * WEIGHT);

    @Test
    void aPollCountsUntilItsLastRecordIsProcessed() {
        outstanding.returned(IMAGES, records(IMAGES, 5, 6, 9));
        outstanding.returned(IMAGES, records(IMAGES, 10));
        assertThat(outstanding.room()).isEqualTo(6 * WEIGHT);

        outstanding.processed(record(IMAGES, 6));
        assertThat(outstanding.room()).isEqualTo(6 * WEIGHT);
        outstanding.processed(record(IMAGES, 9));
        assertThat(outstanding.room()).isEqualTo(9 * WEIGHT);
        assertThat(outstanding.holds(IMAGES)).isTrue();
        outstanding.processed(record(IMAGES, 10));
        assertThat(outstanding.room()).isEqualTo(10 * WEIGHT);
        assertThat(outstanding.holds(IMAGES)).isFalse();
    }

    /// Of bytes what was kept of them, of objects the size they were read from; a mark is no header of the record.
    @Test
    void aRecordWeighsWhatItKeeps() {
        RecordHeaders headers = new RecordHeaders();
        headers.add("h", new byte[4]);
        headers.add(Cut.unreadable("cut"));
        assertThat(Outstanding.weight(record(new byte[3], new byte[5], headers)))
                .isEqualTo(200 + 3 + 5 + (200 + 5) + 200);
        assertThat(Outstanding.weight(record("key", null, new RecordHeaders()))).isEqualTo(200 + 30);
    }

    /// Of 30 and -1 bytes as it was read.
    private static ConsumerRecord<Object, Object> record(Object key, Object value, RecordHeaders headers) {
        return new ConsumerRecord<>(
                "images", 0, 1, 2, TimestampType.CREATE_TIME, 30, -1, key, value, headers, Optional.empty());
    }

    /// Of a source that Kafka Streams reads with an extractor of its own.
    @Test
    void aCommitCountsOffWhatWasProcessed() {
        outstanding.returned(INTERNAL, records(INTERNAL, 0, 1));
        outstanding.returned(INTERNAL, records(INTERNAL, 2, 3));

        outstanding.committed(Map.of(INTERNAL, new OffsetAndMetadata(3), IMAGES, new OffsetAndMetadata(7)));

        assertThat(outstanding.room()).isEqualTo(8 * WEIGHT);
        outstanding.committed(Map.of(INTERNAL, new OffsetAndMetadata(4)));
        assertThat(outstanding.room()).isEqualTo(10 * WEIGHT);
    }

    @Test
    void partitionsThatWereTakenAwayHoldNothing() {
        outstanding.returned(IMAGES, records(IMAGES, 5));
        outstanding.returned(INTERNAL, records(INTERNAL, 5));

        outstanding.forget(List.of(IMAGES));

        assertThat(outstanding.holds(IMAGES)).isFalse();
        assertThat(outstanding.holds(INTERNAL)).isTrue();
        assertThat(outstanding.room()).isEqualTo(9 * WEIGHT);
    }

    private static List<ConsumerRecord<byte[], byte[]>> records(TopicPartition partition, long... offsets) {
        return LongStream.of(offsets)
                .mapToObj(offset -> record(partition, offset))
                .toList();
    }

    private static ConsumerRecord<byte[], byte[]> record(TopicPartition partition, long offset) {
        return new ConsumerRecord<>(partition.topic(), partition.partition(), offset, new byte[3], new byte[5]);
    }
}
