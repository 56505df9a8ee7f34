package dev.inkstream.stream.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class BoundedHeadersTest {
    private static final TopicPartition PARTITION = new TopicPartition("images", 3);

    @Test
    void recordsWithinTheBoundsAreReturnedAsTheyAre() {
        ConsumerRecords<byte[], byte[]> records = records(record(1, 5), record(2, IntakeLimits.HEADER_BYTES - 1));
        assertThat(BoundedHeaders.of(records)).isSameAs(records);
    }

    @Test
    void onlyTheHeadersOfARecordBeyondThemChange() {
        ConsumerRecord<byte[], byte[]> small = record(1, 5);
        ConsumerRecord<byte[], byte[]> large = record(2, IntakeLimits.HEADER_BYTES);
        ConsumerRecords<byte[], byte[]> bounded = BoundedHeaders.of(records(small, large));

        List<ConsumerRecord<byte[], byte[]>> read = bounded.records(PARTITION);
        assertThat(read.getFirst()).isSameAs(small);
        assertThat(Cut.facts(read.get(1).headers())).isEqualTo(Map.of(Cut.HEADERS_DROPPED, "1"));
        assertThat(read.get(1))
                .usingRecursiveComparison()
                .ignoringFields("headers")
                .isEqualTo(large);
        assertThat(bounded.nextOffsets()).containsEntry(PARTITION, new OffsetAndMetadata(3));
    }

    private static ConsumerRecords<byte[], byte[]> records(
            ConsumerRecord<byte[], byte[]> first, ConsumerRecord<byte[], byte[]> second) {
        return new ConsumerRecords<>(
                Map.of(PARTITION, List.of(first, second)), Map.of(PARTITION, new OffsetAndMetadata(3)));
    }

    private static ConsumerRecord<byte[], byte[]> record(long offset, int header) {
        return new ConsumerRecord<>(
                PARTITION.topic(),
                PARTITION.partition(),
                offset,
                1_000 + offset,
                TimestampType.CREATE_TIME,
                1,
                2,
                new byte[1],
                new byte[2],
                new RecordHeaders().add("h", new byte[header]),
                Optional.of(4));
    }
}
