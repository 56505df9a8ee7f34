package dev.inkstream.app.letters;

import dev.inkstream.app.cluster.Fencing;
import dev.inkstream.app.console.Text;
import dev.inkstream.app.console.UserException;
import dev.inkstream.stream.Topic;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/// Sends records back to their topics, each in one transaction with its entry in `redrives`. Not thread-safe.
///
/// All runs for one topic prefix share a transactional id: the one that begins last aborts the open transaction of the
/// others, which then fail. What they committed is in `redrives` before it reads that topic.
final class Redrive {
    /// Records of one transaction, at most.
    private static final int BATCH_RECORDS = 500;

    /// Bytes of one transaction; the last record may go beyond.
    private static final long BATCH_BYTES = 8L << 20;

    /// Less than the transaction's timeout: between two records that return, many others are read.
    private static final long OLDEST_NANOS = Duration.ofSeconds(2).toNanos();

    private final Producer<byte[], byte[]> producer;
    private final Topic<?, ?> ledger;
    private final RedriveHeaders headers;
    private final Repair repair;
    private final Map<String, Long> returned = new TreeMap<>();
    private final Map<String, Long> open = new TreeMap<>();
    private final LongSupplier nanos;
    private long openBytes;
    private long openSince;

    /// @param sender the caller closes its producer
    /// @param ledger `redrives`
    Redrive(Sender sender, Topic<?, ?> ledger, RedriveHeaders headers, Repair repair) {
        this.producer = sender.producer();
        this.nanos = sender.nanos();
        this.ledger = ledger;
        this.headers = headers;
        this.repair = repair;
    }

    /// What sends, and when.
    ///
    /// @param producer with a transactional id
    /// @param nanos a clock, as [System#nanoTime()]
    record Sender(Producer<byte[], byte[]> producer, LongSupplier nanos) {}

    /// Ends what another run has left open. Then `redrives` has all that has returned.
    void begin() {
        guarded(producer::initTransactions);
    }

    /// Sends a record. It has returned when this or a later call has committed it.
    ///
    /// @throws UserException if another run has begun
    void add(Return one) {
        guarded(() -> send(one));
        if (open.values().stream().mapToLong(Long::longValue).sum() >= BATCH_RECORDS || openBytes >= BATCH_BYTES) {
            commit();
        }
    }

    /// Commits what would otherwise wait too long for the next record.
    ///
    /// @throws UserException if another run has begun
    void commitIfOld() {
        if (!open.isEmpty() && nanos.getAsLong() - openSince >= OLDEST_NANOS) {
            commit();
        }
    }

    /// Commits what is not committed yet.
    ///
    /// @throws UserException if another run has begun
    void commit() {
        if (open.isEmpty()) {
            return;
        }
        guarded(producer::commitTransaction);
        open.forEach((topic, count) -> returned.merge(topic, count, Long::sum));
        open.clear();
        openBytes = 0;
    }

    /// Records that have returned, by topic.
    Map<String, Long> returned() {
        return returned;
    }

    private void send(Return one) {
        if (open.isEmpty()) {
            producer.beginTransaction();
            openSince = nanos.getAsLong();
        }
        ProducerRecord<byte[], byte[]> record = headers.record(one, repair);
        var _ = producer.send(record);
        var _ = producer.send(Ledger.entry(ledger, one, headers));
        open.merge(record.topic(), 1L, Long::sum);
        openBytes += record.value() == null ? 0 : record.value().length;
    }

    private void guarded(Runnable step) {
        try {
            step.run();
        } catch (KafkaException e) {
            if (Fencing.caused(e)) {
                throw new UserException(
                        "another 'dead-letters redrive' of these topics has begun; this one has returned %s and stopped"
                                .formatted(Text.count(sum(returned), "record")),
                        e);
            }
            throw e;
        }
    }

    private static long sum(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
