package dev.inkstream.stream.intake;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.message.FetchResponseData.AbortedTransaction;
import org.apache.kafka.common.message.FetchResponseData.PartitionData;
import org.apache.kafka.common.record.internal.DefaultRecordBatch;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.apache.kafka.common.requests.FetchResponse;
import org.jspecify.annotations.Nullable;

/// Reads the committed records of one fetched partition with bounded memory, as a consumer would give them. Not
/// thread-safe.
final class RawReader {
    private final TopicPartition partition;
    private final IntakeLimits limits;
    private final PriorityQueue<AbortedTransaction> aborted =
            new PriorityQueue<>(Comparator.comparingLong(AbortedTransaction::firstOffset));
    private final Set<Long> abortedProducers = new HashSet<>();
    private final List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    private long room;
    private long position;
    private Optional<Integer> epoch = Optional.empty();

    /// What was read.
    ///
    /// @param next where the next read begins
    record Result(List<ConsumerRecord<byte[], byte[]>> records, OffsetAndMetadata next) {
        /// Memory that the records take.
        long weight() {
            return records.stream().mapToLong(Outstanding::weight).sum();
        }
    }

    /// @param position of the first record wanted
    /// @param room for how many bytes; one record is read even if it has more
    RawReader(TopicPartition partition, IntakeLimits limits, long position, long room) {
        this.partition = partition;
        this.limits = limits;
        this.position = position;
        this.room = room;
    }

    Result read(PartitionData data) throws IOException {
        if (data.abortedTransactions() != null) {
            aborted.addAll(data.abortedTransactions());
        }
        for (RecordBatch batch : FetchResponse.recordsOrFail(data).batches()) {
            batch.ensureValid();
            epoch = batch.partitionLeaderEpoch() < 0 ? Optional.empty() : Optional.of(batch.partitionLeaderEpoch());
            if (isWanted(batch) && !readBatch((DefaultRecordBatch) batch)) {
                break;
            }
            position = Math.max(position, batch.nextOffset());
        }
        return new Result(records, new OffsetAndMetadata(position, epoch, ""));
    }

    /// Whether a batch has records for a consumer. Transactions' markers have none, nor have those that were aborted.
    private boolean isWanted(RecordBatch batch) {
        while (!aborted.isEmpty() && aborted.peek().firstOffset() <= batch.lastOffset()) {
            abortedProducers.add(aborted.poll().producerId());
        }
        if (batch.isControlBatch()) {
            abortedProducers.remove(batch.producerId());
            return false;
        }
        return batch.lastOffset() >= position
                && !(batch.isTransactional() && abortedProducers.contains(batch.producerId()));
    }

    /// @return whether the batch was read to its end
    private boolean readBatch(DefaultRecordBatch batch) throws IOException {
        try (BatchReader reader = new BatchReader(partition, batch, limits)) {
            for (@Nullable ConsumerRecord<byte[], byte[]> record = reader.next();
                    record != null;
                    record = reader.next()) {
                if (record.offset() < position) {
                    continue;
                }
                room -= Outstanding.weight(record);
                if (room < 0 && !records.isEmpty()) {
                    return false;
                }
                records.add(record);
                position = record.offset() + 1;
            }
            return true;
        }
    }
}
