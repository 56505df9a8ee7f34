package dev.inkstream.stream.intake;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A consumer whose memory is bounded, whatever its records decompress to. It gives every record, and of one that is
/// too large its beginning, marked with a [Cut].
///
/// Kafka's consumer decompresses each record as a whole before a deserializer sees it. Where that fails, because the
/// record is larger than the heap or states a wrong length of itself, the batch is fetched again and read as a stream.
///
/// It extends Kafka's consumer, since all but the four methods that hand out or move records must stay as they are, and
/// the interface has some sixty. Like Kafka's consumer it is not thread-safe.
public class BoundedConsumer extends KafkaConsumer<byte[], byte[]> {
    private static final Logger LOG = LoggerFactory.getLogger(BoundedConsumer.class);

    /// How Kafka's consumer begins to say that a batch cannot be read on; it has no exception of its own for that.
    private static final String UNREADABLE = "Received exception when fetching the next record from";

    /// How often in a row the broker may not give again what it gave before.
    private static final int MAX_TRIES = 10;

    /// What a reader takes at a time.
    private static final long POLL_BYTES = 16L * 1024 * 1024;

    /// Room that the first record takes all of.
    private static final long ONE_RECORD = 1;

    private static final Duration NOW = Duration.ZERO;

    private final RawPoll rawPoll;
    private final PollBudget budget;
    private final Outstanding outstanding;
    private final boolean tracked;
    private Set<TopicPartition> known = Set.of();
    private final Set<TopicPartition> held = new HashSet<>();
    private int tries;

    /// What a consumer may hold, and the counter of what is still held.
    ///
    /// @param tracked whether what is returned stays in memory until [Outstanding#processed] says otherwise; if not, it
    ///     is gone before the next poll
    public record Memory(IntakeLimits limits, Outstanding outstanding, boolean tracked) {}

    private BoundedConsumer(Map<String, Object> config, Memory memory, PollBudget budget) {
        super(
                config,
                new BoundedBytes(BoundedBytes.Part.KEY, memory.limits(), budget),
                new BoundedBytes(BoundedBytes.Part.VALUE, memory.limits(), budget));
        this.rawPoll = new RawPoll(config, memory.limits());
        this.outstanding = memory.outstanding();
        this.tracked = memory.tracked();
        this.budget = budget;
    }

    /// @param config a consumer's settings, by Kafka's names
    public BoundedConsumer(Map<String, Object> config, Memory memory) {
        this(config, memory, new PollBudget());
    }

    /// One for a reader that is done with what it polled before it polls again.
    public static BoundedConsumer of(Map<String, Object> config, IntakeLimits limits) {
        return new BoundedConsumer(config, new Memory(limits, new Outstanding(POLL_BYTES), false));
    }

    @Override
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        forgetLost();
        long room = outstanding.room();
        if (room > 0) {
            return poll(timeout, room);
        }
        hold();
        try {
            return poll(timeout, ONE_RECORD);
        } finally {
            resumeHeld();
        }
    }

    private ConsumerRecords<byte[], byte[]> poll(Duration timeout, long room) {
        Map<TopicPartition, Long> before = positions();
        budget.reset(room);
        try {
            return returned(super.poll(timeout));
        } catch (OutOfMemoryError e) {
            return readAgain(before, room, e);
        } catch (KafkaException e) {
            if (e.getClass() != KafkaException.class
                    || !String.valueOf(e.getMessage()).startsWith(UNREADABLE)) {
                throw e;
            }
            return readAgain(before, room, e);
        }
    }

    private void forgetLost() {
        Set<TopicPartition> now = assignment();
        if (!now.equals(known)) {
            Set<TopicPartition> lost = new HashSet<>(known);
            lost.removeAll(now);
            outstanding.forget(lost);
            known = Set.copyOf(now);
        }
    }

    /// No record is taken of a partition that has some to process. Of the others a poll takes one at a time: a task
    /// that reads two sources waits for one that has records on the broker.
    private void hold() {
        Set<TopicPartition> flowing = new HashSet<>(assignment());
        flowing.removeAll(paused());
        flowing.removeIf(partition -> !outstanding.holds(partition));
        super.pause(flowing);
        held.addAll(flowing);
    }

    /// What was paused meanwhile for another reason, in a rebalance, is no longer ours to resume.
    private void resumeHeld() {
        held.retainAll(assignment());
        super.resume(held);
        held.clear();
    }

    @Override
    public void pause(Collection<TopicPartition> partitions) {
        held.removeAll(partitions);
        super.pause(partitions);
    }

    @Override
    public void seek(TopicPartition partition, long offset) {
        outstanding.forget(List.of(partition));
        super.seek(partition, offset);
    }

    @Override
    public void seek(TopicPartition partition, OffsetAndMetadata offset) {
        outstanding.forget(List.of(partition));
        super.seek(partition, offset);
    }

    /// Where each partition that is read stands, as far as it is known without asking the broker.
    private Map<TopicPartition, Long> positions() {
        Map<TopicPartition, Long> positions = new HashMap<>();
        Set<TopicPartition> paused = paused();
        for (TopicPartition partition : assignment()) {
            if (!paused.contains(partition)) {
                try {
                    positions.put(partition, position(partition, NOW));
                } catch (TimeoutException | InvalidOffsetException e) {
                    // The poll will find one, or fail for that.
                    LOG.trace("{} has no position yet", partition);
                }
            }
        }
        return positions;
    }

    private ConsumerRecords<byte[], byte[]> returned(ConsumerRecords<byte[], byte[]> polled) {
        tries = 0;
        ConsumerRecords<byte[], byte[]> kept = BoundedHeaders.of(polled);
        if (tracked) {
            for (TopicPartition partition : kept.partitions()) {
                List<ConsumerRecord<byte[], byte[]>> records = kept.records(partition);
                if (!records.isEmpty()) {
                    outstanding.returned(partition, records);
                }
            }
        }
        return kept;
    }

    /// A failed poll may have moved on past records that it has not returned: so all partitions are read again from
    /// where they stood, as a stream.
    private ConsumerRecords<byte[], byte[]> readAgain(Map<TopicPartition, Long> before, long room, Throwable failure) {
        LOG.debug("reading as a stream, since a batch could not be read", failure);
        before.keySet().retainAll(assignment());
        before.forEach(super::seek);
        Map<TopicPartition, RawReader.Result> read = rawPoll.read(before, this::leader, room);
        Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> records = new HashMap<>();
        Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>();
        read.forEach((partition, result) -> {
            super.seek(partition, result.next());
            next.put(partition, result.next());
            if (!result.records().isEmpty()) {
                records.put(partition, result.records());
            }
        });
        int triesBefore = tries;
        ConsumerRecords<byte[], byte[]> returned = returned(new ConsumerRecords<>(records, next));
        if (read.isEmpty()) {
            tries = triesBefore + 1;
            rethrowAfterMany(failure);
        }
        return returned;
    }

    private void rethrowAfterMany(Throwable failure) {
        if (tries < MAX_TRIES) {
            return;
        }
        switch (failure) {
            case OutOfMemoryError error -> throw error;
            case KafkaException exception -> throw exception;
            default -> throw new IllegalStateException(failure);
        }
    }

    private Optional<Node> leader(TopicPartition partition) {
        return partitionsFor(partition.topic()).stream()
                .filter(info -> info.partition() == partition.partition())
                .map(PartitionInfo::leader)
                .filter(leader -> leader != null && !leader.isEmpty())
                .findFirst();
    }
}
