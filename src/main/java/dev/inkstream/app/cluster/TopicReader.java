package dev.inkstream.app.cluster;

import dev.inkstream.app.console.StopSignal;
import dev.inkstream.stream.Topic;
import dev.inkstream.stream.Topics;
import dev.inkstream.stream.intake.CommittedReader;
import dev.inkstream.stream.intake.IntakeLimits;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.WakeupException;

/// Reads topics without a consumer group: it commits nothing and disturbs nobody. Only what is committed is read.
///
/// @param stop ends the reading
public record TopicReader(KafkaSettings settings, StopSignal stop) {
    /// Longer values are cut and fail to decode; a checkpoint is never that long.
    private static final int LARGEST = 4 * Topics.MAX_WEIGHTS_BYTES;

    private static final CommittedReader READER = new CommittedReader(Duration.ofSeconds(30), System::nanoTime);

    /// How often a broker is asked for a topic that it does not know, and the time between.
    private static final int TRIES = 100;

    private static final long PAUSE_NANOS = Duration.ofMillis(100).toNanos();

    /// A consumer without a group, which the stop signal wakes up; the caller assigns its partitions and closes it.
    public KafkaConsumer<byte[], byte[]> open() {
        return open(settings.consumer());
    }

    /// As [#open()], for reading to ends that are known: it does not wait for more.
    public KafkaConsumer<byte[], byte[]> openToEnds() {
        return open(CommittedReader.toEnds(settings.consumer()));
    }

    private KafkaConsumer<byte[], byte[]> open(Map<String, Object> config) {
        KafkaConsumer<byte[], byte[]> consumer = CommittedReader.open(config, "earliest", IntakeLimits.of(LARGEST));
        var _ = stop.requested().thenRun(consumer::wakeup);
        return consumer;
    }

    /// The partitions of topics that exist. A broker that has not heard of one yet is asked again.
    ///
    /// @throws UnknownTopicOrPartitionException if a topic stays unknown for ten seconds
    public static List<TopicPartition> partitions(
            org.apache.kafka.clients.consumer.Consumer<?, ?> consumer, List<String> topics) {
        return topics.stream()
                .flatMap(topic -> known(consumer, topic).stream())
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
    }

    private static List<PartitionInfo> known(org.apache.kafka.clients.consumer.Consumer<?, ?> consumer, String topic) {
        for (int i = 0; i < TRIES; i++) {
            List<PartitionInfo> partitions = consumer.partitionsFor(topic);
            if (!partitions.isEmpty()) {
                return partitions;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        throw new UnknownTopicOrPartitionException("there is no topic " + topic);
    }

    /// Reads topics from the first record to the one that is last at the time of the call.
    ///
    /// @param sink gets the records of each partition in order
    /// @throws InterruptedException when a stop is asked for
    /// @throws TimeoutException when the cluster falls silent
    public void readAll(List<? extends Topic<?, ?>> topics, Consumer<ConsumerRecord<byte[], byte[]>> sink)
            throws InterruptedException {
        read(topics.stream().<String>map(Topic::name).toList(), Range::new, sink);
    }

    /// As [#readAll], of the changelog of a store.
    public void readChangelog(String name, Consumer<ConsumerRecord<byte[], byte[]>> sink) throws InterruptedException {
        read(List.of(name), Range::new, sink);
    }

    /// Reads a piece of a topic, for a search from its end backwards.
    ///
    /// @param skipped offsets at the end of each partition, as of now, that are left out
    /// @param offsets of each partition before those
    /// @return whether there is more before the piece
    /// @throws InterruptedException when a stop is asked for
    /// @throws TimeoutException when the cluster falls silent
    public boolean readBack(
            Topic<?, ?> topic, long skipped, long offsets, Consumer<ConsumerRecord<byte[], byte[]>> sink)
            throws InterruptedException {
        return read(
                List.of(topic.name()),
                (begin, end) -> new Range(Math.max(begin, end - skipped - offsets), Math.max(begin, end - skipped)),
                sink);
    }

    /// Offsets from the first on, without the last.
    private record Range(long first, long end) {}

    private boolean read(
            List<String> topics, BiFunction<Long, Long, Range> part, Consumer<ConsumerRecord<byte[], byte[]>> sink)
            throws InterruptedException {
        try (KafkaConsumer<byte[], byte[]> consumer = openToEnds()) {
            List<TopicPartition> partitions = partitions(consumer, topics);
            consumer.assign(partitions);
            Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
            Map<TopicPartition, Long> ends = new HashMap<>(consumer.endOffsets(partitions));
            boolean more = false;
            for (TopicPartition partition : partitions) {
                Range range = part.apply(begins.getOrDefault(partition, 0L), ends.getOrDefault(partition, 0L));
                consumer.seek(partition, range.first());
                ends.put(partition, range.end());
                more |= range.first() > begins.getOrDefault(partition, 0L);
            }
            READER.read(consumer, ends, sink);
            return more;
        } catch (WakeupException e) {
            throw new InterruptedException("stopped while reading " + topics);
        }
    }
}
