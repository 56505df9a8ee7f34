package dev.inkstream.stream.intake;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.record.internal.DefaultRecordBatch;
import org.apache.kafka.common.utils.internals.BufferSupplier;
import org.jspecify.annotations.Nullable;

/// Reads the records of one batch as a stream, so that a record takes no more memory than its bounds, however large it
/// is. The format is Kafka's own, version 2 (`DefaultRecord`). Not thread-safe.
///
/// A batch is checked by the broker before it is stored, but not the length that a record states of itself: one that
/// states a wrong length is marked as unreadable. If the stream breaks off, so is every offset that is left.
final class BatchReader implements AutoCloseable {
    private final TopicPartition partition;
    private final DefaultRecordBatch batch;
    private final IntakeLimits limits;
    private final RecordStream in;
    private int unread;
    private long nextOffset;
    private @Nullable String broken;

    BatchReader(TopicPartition partition, DefaultRecordBatch batch, IntakeLimits limits) {
        this.partition = partition;
        this.batch = batch;
        this.limits = limits;
        InputStream records = batch.recordInputStream(BufferSupplier.NO_CACHING);
        in = new RecordStream(new BufferedInputStream(records, 1 << 16));
        unread = Optional.ofNullable(batch.countOrNull()).orElse(0);
        nextOffset = batch.baseOffset();
    }

    /// The next record; null at the end of the batch.
    @Nullable
    ConsumerRecord<byte[], byte[]> next() {
        if (broken == null && unread == 0) {
            return null;
        }
        if (broken == null) {
            unread--;
            try {
                return read();
            } catch (IOException | RuntimeException e) {
                // Decompressors throw both.
                broken = "its batch ends early (" + e + ")";
            }
        }
        return nextOffset > batch.lastOffset() ? null : unreadable(nextOffset++, batch.maxTimestamp(), broken);
    }

    private ConsumerRecord<byte[], byte[]> read() throws IOException {
        int stated = in.varint();
        long start = in.position();
        in.octet();
        long timestamp = batch.baseTimestamp() + in.varlong();
        long offset = batch.baseOffset() + in.varint();
        if (offset < nextOffset || offset > batch.lastOffset()) {
            throw new IOException("it has offset " + offset + " twice or out of range");
        }
        RecordStream.Part key = in.part(in.varint(), limits.maxKeyBytes(partition.topic()));
        int maxValue = limits.maxValueBytes(partition.topic());
        RecordStream.Part value = in.part(in.varint(), maxValue);
        Headers headers = HeaderReader.read(in);
        nextOffset = offset + 1;
        long time = batch.timestampType() == TimestampType.LOG_APPEND_TIME ? batch.maxTimestamp() : timestamp;
        if (in.position() - start != stated) {
            return unreadable(
                    offset, time, "it states a length of " + stated + " bytes but has " + (in.position() - start));
        }
        key.digest().ifPresent(digest -> headers.add(Cut.ofKey(key.size(), digest)));
        value.digest().ifPresent(digest -> headers.add(Cut.ofValue(value.size(), digest, maxValue)));
        return record(offset, time, key, value, headers);
    }

    private ConsumerRecord<byte[], byte[]> unreadable(long offset, long time, String why) {
        Headers headers = new org.apache.kafka.common.header.internals.RecordHeaders();
        headers.add(Cut.unreadable(why));
        return record(offset, time, RecordStream.Part.NULL, RecordStream.Part.NULL, headers);
    }

    private ConsumerRecord<byte[], byte[]> record(
            long offset, long time, RecordStream.Part key, RecordStream.Part value, Headers headers) {
        return new ConsumerRecord<>(
                partition.topic(),
                partition.partition(),
                offset,
                // Kafka Streams stops at a negative one; the decode step refuses 0.
                Math.max(0, time),
                batch.timestampType(),
                key.size(),
                value.size(),
                key.bytes(),
                value.bytes(),
                headers,
                batch.partitionLeaderEpoch() < 0 ? Optional.empty() : Optional.of(batch.partitionLeaderEpoch()));
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
