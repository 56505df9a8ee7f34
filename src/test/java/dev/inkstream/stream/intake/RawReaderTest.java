package dev.inkstream.stream.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.errors.CorruptRecordException;
import org.apache.kafka.common.message.FetchResponseData.AbortedTransaction;
import org.apache.kafka.common.message.FetchResponseData.PartitionData;
import org.apache.kafka.common.record.internal.ControlRecordType;
import org.apache.kafka.common.record.internal.EndTransactionMarker;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.junit.jupiter.api.Test;

/// What a consumer with `read_committed` would return of fetched batches.
class RawReaderTest {
    private static final TopicPartition PARTITION = new TopicPartition("images", 3);
    private static final long ENOUGH = 1_000_000;

    @Test
    void startsAtThePosition() throws IOException {
        PartitionData data = fetched(batch(10, 3), batch(13, 2));

        assertRead(reader(10, ENOUGH).read(data), 15, 10, 11, 12, 13, 14);
        assertRead(reader(11, ENOUGH).read(data), 15, 11, 12, 13, 14);
        assertRead(reader(12, ENOUGH).read(data), 15, 12, 13, 14);
        assertRead(reader(13, ENOUGH).read(data), 15, 13, 14);
        assertRead(reader(20, ENOUGH).read(data), 20);
        assertRead(reader(10, ENOUGH).read(fetched()), 10);
    }

    @Test
    void stopsWhereThereIsNoRoomButReadsOneRecord() throws IOException {
        PartitionData data = fetched(batch(10, 3), batch(13, 2));
        RawReader.Result one = reader(10, 0).read(data);
        assertRead(one, 11, 10);

        assertRead(reader(10, 4 * one.weight()).read(data), 14, 10, 11, 12, 13);
        assertRead(reader(10, 4 * one.weight() - 1).read(data), 13, 10, 11, 12);
        assertThat(reader(10, ENOUGH).read(data).weight()).isEqualTo(5 * one.weight());
    }

    @Test
    void leavesOutWhatWasAbortedAndTheMarkers() throws IOException {
        PartitionData data = fetched(
                transactional(0, 7),
                transactional(1, 8),
                marker(2, 7, ControlRecordType.ABORT),
                transactional(3, 7),
                marker(4, 8, ControlRecordType.COMMIT),
                marker(5, 7, ControlRecordType.COMMIT));
        assertRead(reader(0, ENOUGH).read(data), 6, 0, 1, 3);

        data.setAbortedTransactions(List.of(aborted(7, 0)));
        assertRead(reader(0, ENOUGH).read(data), 6, 1, 3);

        // The producer aborts again, after a transaction that it committed.
        data.setAbortedTransactions(List.of(aborted(7, 3), aborted(8, 1)));
        assertRead(reader(0, ENOUGH).read(data), 6, 0);
    }

    @Test
    void theNextPositionHasTheEpochOfTheLastBatch() throws IOException {
        assertThat(reader(0, ENOUGH).read(fetched(batch(0, 1))).next())
                .isEqualTo(new OffsetAndMetadata(1, Optional.of(4), ""));
        PartitionData first = fetched(
                MemoryRecords.withRecords(0, Compression.NONE, 0, new SimpleRecord(1, new byte[1], new byte[1])));
        assertThat(reader(0, ENOUGH).read(first).next().leaderEpoch()).contains(0);
        assertThat(reader(0, ENOUGH).read(first).records().getFirst().leaderEpoch())
                .contains(0);
        PartitionData without = fetched(
                MemoryRecords.withRecords(0, Compression.NONE, -1, new SimpleRecord(1, new byte[1], new byte[1])));
        assertThat(reader(0, ENOUGH).read(without).next().leaderEpoch()).isEmpty();
        assertThat(reader(0, ENOUGH).read(without).records().getFirst().leaderEpoch())
                .isEmpty();
    }

    /// The broker checks a batch before it stores it; what comes over the network is checked again.
    @Test
    void aDamagedBatchIsAnError() {
        MemoryRecords damaged = batch(10, 3);
        damaged.buffer().put(damaged.sizeInBytes() - 1, (byte) 99);
        assertThatThrownBy(() -> reader(10, ENOUGH).read(fetched(damaged))).isInstanceOf(CorruptRecordException.class);
    }

    private static void assertRead(RawReader.Result result, long next, long... offsets) {
        assertThat(result.next().offset()).isEqualTo(next);
        assertThat(result.records().stream().mapToLong(ConsumerRecord::offset)).containsExactly(box(offsets));
    }

    private static Long[] box(long... offsets) {
        return Arrays.stream(offsets).boxed().toArray(Long[]::new);
    }

    private static RawReader reader(long position, long room) {
        return new RawReader(PARTITION, IntakeLimits.usual(), position, room);
    }

    private static MemoryRecords batch(long offset, int count) {
        return MemoryRecords.withRecords(
                offset,
                Compression.NONE,
                4,
                Stream.generate(() -> new SimpleRecord(1, new byte[1], new byte[1]))
                        .limit(count)
                        .toArray(SimpleRecord[]::new));
    }

    private static MemoryRecords transactional(long offset, long producer) {
        return MemoryRecords.withTransactionalRecords(
                offset,
                Compression.NONE,
                producer,
                (short) 0,
                (int) offset,
                4,
                new SimpleRecord(1, new byte[1], new byte[1]));
    }

    private static MemoryRecords marker(long offset, long producer, ControlRecordType type) {
        return MemoryRecords.withEndTransactionMarker(
                offset, 1, 4, producer, (short) 0, new EndTransactionMarker(type, 0));
    }

    private static AbortedTransaction aborted(long producer, long firstOffset) {
        return new AbortedTransaction().setProducerId(producer).setFirstOffset(firstOffset);
    }

    private static PartitionData fetched(MemoryRecords... batches) {
        ByteBuffer all = ByteBuffer.allocate(10_000);
        for (MemoryRecords batch : batches) {
            all.put(batch.buffer());
        }
        return new PartitionData().setRecords(MemoryRecords.readableRecords(all.flip()));
    }
}
