package dev.inkstream.stream.intake;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/// Counts the bytes of records that consumers have returned and Kafka Streams has not begun to process. Its own bound
/// of a buffer is a number of records, for each partition. Thread-safe.
///
/// Each commit gives the position of every source. Between commits, a timestamp extractor gives it sooner for external
/// topics: Kafka Streams gives internal topics an extractor of its own.
public final class Outstanding {
    /// Bytes of objects that a record takes beside its key, value and headers.
    private static final long OVERHEAD = 200;

    private final long max;
    private final Map<TopicPartition, Backlog> backlogs = new ConcurrentHashMap<>();

    /// @param max bytes of all partitions, beyond which consumers return no more
    public Outstanding(long max) {
        this.max = max;
    }

    /// How many bytes may be returned now; 0 or less if none.
    long room() {
        long taken = 0;
        for (Backlog each : backlogs.values()) {
            taken += each.bytes();
        }
        return max - taken;
    }

    /// Whether records of a partition wait to be processed.
    boolean holds(TopicPartition partition) {
        Backlog backlog = backlogs.get(partition);
        return backlog != null && backlog.bytes() > 0;
    }

    /// @param records of one poll, one or more in the order of their offsets
    void returned(TopicPartition partition, List<? extends ConsumerRecord<?, ?>> records) {
        long bytes = 0;
        for (ConsumerRecord<?, ?> record : records) {
            bytes += weight(record);
        }
        backlogs.computeIfAbsent(partition, absent -> new Backlog())
                .returned(records.getLast().offset(), bytes);
    }

    /// A record is about to be processed, and those before it are.
    public void processed(ConsumerRecord<?, ?> record) {
        processedTo(new TopicPartition(record.topic(), record.partition()), record.offset());
    }

    /// Offsets of the next records to process.
    public void committed(Map<TopicPartition, OffsetAndMetadata> offsets) {
        offsets.forEach((partition, next) -> processedTo(partition, next.offset() - 1));
    }

    private void processedTo(TopicPartition partition, long offset) {
        Backlog backlog = backlogs.get(partition);
        if (backlog != null) {
            backlog.processed(offset);
        }
    }

    /// Of partitions that were taken away, or are read again from elsewhere, nothing is left to process.
    void forget(Collection<TopicPartition> partitions) {
        backlogs.keySet().removeAll(Set.copyOf(partitions));
    }

    /// Memory that a record takes.
    static long weight(ConsumerRecord<?, ?> record) {
        long weight = OVERHEAD
                + kept(record.key(), record.serializedKeySize())
                + kept(record.value(), record.serializedValueSize());
        for (Header header : record.headers()) {
            weight += header instanceof Cut ? OVERHEAD : OVERHEAD + HeaderReader.size(header);
        }
        return weight;
    }

    /// Records of external topics hold bytes, possibly cut; of internal topics only the size is known.
    private static long kept(@Nullable Object part, int size) {
        return part instanceof byte[] bytes ? bytes.length : Math.max(0, size);
    }
}
