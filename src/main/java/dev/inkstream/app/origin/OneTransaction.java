package dev.inkstream.app.origin;

import dev.inkstream.app.cluster.Fencing;
import dev.inkstream.app.console.UserException;
import dev.inkstream.stream.admin.KafkaFutures;
import java.time.Duration;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/// Publishes one version in a transaction. All commands for one model share a transactional id: the one that begins
/// last aborts the open transaction of the others, which then fail. Not thread-safe.
///
/// @param producer the caller closes it
/// @param model the version's
record OneTransaction(Producer<String, byte[]> producer, String model) {
    /// A killed command holds up committed readers for no longer.
    static final Duration TIMEOUT = Duration.ofSeconds(10);

    /// Less than the transaction's timeout.
    private static final Duration PATIENCE = Duration.ofSeconds(9);

    private interface Step {
        void run() throws InterruptedException;
    }

    /// Ends the transaction of an earlier attempt: what is read after this is all there will be.
    ///
    /// @throws UserException if another command has begun
    void begin() throws InterruptedException {
        guarded(producer::initTransactions);
    }

    /// @throws UserException if another command has begun
    void publish(ProducerRecord<String, byte[]> version) throws InterruptedException {
        guarded(() -> {
            producer.beginTransaction();
            try {
                var _ = KafkaFutures.await(producer.send(version), PATIENCE, "the acknowledgment of the version");
            } catch (KafkaException | InterruptedException e) {
                abort(e);
                throw e;
            }
            producer.commitTransaction();
        });
    }

    /// Otherwise committed readers would wait for the timeout.
    private void abort(Exception cause) {
        try {
            producer.abortTransaction();
        } catch (KafkaException e) {
            // The broker aborts it after the timeout; the first failure is the one to report.
            cause.addSuppressed(e);
        }
    }

    private void guarded(Step step) throws InterruptedException {
        try {
            step.run();
        } catch (KafkaException e) {
            if (Fencing.caused(e)) {
                throw new UserException(
                        "another 'models import' or 'models retrain' of model %s has begun; this one has published nothing"
                                .formatted(model),
                        e);
            }
            throw e;
        }
    }
}
