package dev.inkstream.app.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ConcurrentTransactionsException;
import org.apache.kafka.common.errors.CoordinatorNotAvailableException;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.IllegalGenerationException;
import org.apache.kafka.common.errors.InvalidPidMappingException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.KafkaStorageException;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TransactionAbortableException;
import org.apache.kafka.common.errors.TransactionAbortedException;
import org.apache.kafka.common.errors.UnknownMemberIdException;
import org.apache.kafka.common.errors.UnknownProducerIdException;
import org.apache.kafka.common.errors.UnknownServerException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BrokerConditionsTest {
    static Stream<KafkaException> ended() {
        return Stream.of(
                new InvalidTxnStateException("m"),
                new ProducerFencedException("m"),
                new InvalidProducerEpochException("m"),
                new InvalidPidMappingException("m"),
                new TransactionAbortableException("m"),
                new TransactionAbortedException("m"),
                new UnknownProducerIdException("m"),
                new OutOfOrderSequenceException("m"),
                new CommitFailedException("m"),
                new IllegalGenerationException("m"),
                new UnknownMemberIdException("m"));
    }

    @ParameterizedTest
    @MethodSource
    void ended(KafkaException failure) {
        String name = failure.getClass().getSimpleName().replaceFirst("Exception$", "");
        assertThat(KafkaFailures.sentence(new RuntimeException(failure), "b:1"))
                .contains("Kafka at b:1 ended the transaction or the group membership of this process, as after a pause"
                        + " or a restart of a broker (" + name + ": m): start it again, it resumes where it committed");
    }

    static Stream<KafkaException> away() {
        return Stream.of(
                new CoordinatorNotAvailableException("m"),
                new DisconnectException("m"),
                new ConcurrentTransactionsException("m"),
                new NotEnoughReplicasException("m"));
    }

    @ParameterizedTest
    @MethodSource
    void away(KafkaException failure) {
        assertThat(KafkaFailures.sentence(failure, "b:1"))
                .hasValueSatisfying(sentence -> assertThat(sentence)
                        .startsWith("Kafka at b:1 could not answer now (")
                        .endsWith(": m): check that all brokers run, and start it again"));
    }

    @Test
    void others() {
        assertThat(KafkaFailures.sentence(new KafkaStorageException("m"), "b:1"))
                .contains("a disk of Kafka at b:1 failed (m): check the space and the log of the broker");
        assertThat(KafkaFailures.sentence(new UnknownServerException("m"), "b:1"))
                .contains("Kafka at b:1 refused a request (UnknownServer: m): check the log of the broker, and start it"
                        + " again");
    }

    /// Seen when the transaction coordinator of a broker that had been killed threw an exception of its own.
    @Test
    void anErrorThatTheClientHasNoClassFor() {
        String message = "Unhandled error in EndTxnResponse: The server experienced an unexpected error when processing"
                + " the request.";
        assertThat(KafkaFailures.sentence(new IllegalStateException(new KafkaException(message)), "b:1"))
                .contains("Kafka at b:1 refused a request (Kafka: " + message + "): check the log of the broker, and"
                        + " start it again");
    }

    @Test
    void aBugOfThisProgramIsNone() {
        assertThat(KafkaFailures.sentence(new SerializationException("m"), "b:1"))
                .isEmpty();
        assertThat(KafkaFailures.sentence(new KafkaException("m"), "b:1")).isEmpty();
        assertThat(KafkaFailures.sentence(new IllegalStateException("m"), "b:1"))
                .isEmpty();
    }
}
