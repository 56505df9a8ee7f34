package dev.inkstream.stream.intake;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/// Counts the bytes of records that consumers have returned and Kafka Streams has not begun to process. Its own bound
/// of a buffer is a number of records, for each partition. Thread-safe.
public final class Outstanding {
    /// Bytes of objects that a record takes beside its key, value and headers.
    private static final long OVERHEAD = 200;

    private final long max;
    private final Map<TopicPartition, Long> bytes = new ConcurrentHashMap<>();

    /// @param max bytes of all partitions, beyond which consumers return no more
    public Outstanding(long max) {
        this.max = max;
    }

    /// How many bytes may be returned now; 0 or less if none.
    long room() {
        long taken = 0;
        for (long each : bytes.values()) {
            taken += each;
        }
        return max - taken;
    }

    void returned(TopicPartition partition, long more) {
        bytes.merge(partition, more, Long::sum);
    }

    /// A record is about to be processed.
    public void processed(ConsumerRecord<?, ?> record) {
        bytes.computeIfPresent(
                new TopicPartition(record.topic(), record.partition()),
                (partition, before) -> before <= weight(record) ? null : before - weight(record));
    }

    /// Of partitions that were taken away, or are read again from elsewhere, nothing is left to process.
    void forget(Collection<TopicPartition> partitions) {
        bytes.keySet().removeAll(Set.copyOf(partitions));
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

    /// What a record of a topic that is not ours holds is bytes, perhaps cut; of others only the size is known.
    private static long kept(@Nullable Object part, int size) {
        return part instanceof byte[] bytes ? bytes.length : Math.max(0, size);
    }
}
