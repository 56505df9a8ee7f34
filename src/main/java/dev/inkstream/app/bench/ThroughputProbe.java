package dev.inkstream.app.bench;

import dev.inkstream.stream.admin.KafkaFutures;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/// Watches a consumer group's committed position while it works through a topic.
///
/// The rate is taken between the first commit seen and the last, so that the time to join the group is no part of
/// it, and everything up to the committed transaction is.
record ThroughputProbe(long records, Duration time) {
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    double perSecond() {
        return records / (time.toNanos() / 1e9);
    }

    /// A group's committed position.
    @FunctionalInterface
    interface Position {
        /// @throws RuntimeException if the group has failed, and will commit no more
        long committed() throws InterruptedException;
    }

    /// Waits until the group has committed the end of its topic.
    ///
    /// @param total records in the topic
    /// @param nanoTime as `System::nanoTime`
    static ThroughputProbe of(Position position, long total, LongSupplier nanoTime) throws InterruptedException {
        long start = nanoTime.getAsLong();
        long atStart = 0;
        while (true) {
            long committed = position.committed();
            long now = nanoTime.getAsLong();
            if (committed > 0 && atStart == 0) {
                start = now;
                atStart = committed;
            }
            if (committed >= total) {
                return new ThroughputProbe(committed - atStart, Duration.ofNanos(now - start));
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    /// The sum over the partitions.
    static long committed(Admin admin, String group) throws InterruptedException {
        Map<TopicPartition, OffsetAndMetadata> offsets =
                KafkaFutures.await(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
        return offsets.values().stream().mapToLong(OffsetAndMetadata::offset).sum();
    }
}
