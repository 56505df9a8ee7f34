package dev.inkstream.app.origin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.inkstream.app.console.UserException;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class OneTransactionTest {
    private static final ProducerRecord<String, byte[]> VERSION = new ProducerRecord<>("t", "copy", new byte[1]);
    private static final String FENCED =
            "another 'models import' or 'models retrain' of model copy has begun; this one has published nothing";

    private final MockProducer<String, byte[]> producer =
            new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer());
    private final OneTransaction transaction = new OneTransaction(producer, "copy");

    @Test
    void publishesInOneTransaction() throws InterruptedException {
        transaction.begin();
        transaction.publish(VERSION);

        assertThat(producer.history()).containsExactly(VERSION);
        assertThat(producer.transactionCommitted()).isTrue();
    }

    @Test
    void abortsIfTheVersionIsRefused() throws InterruptedException {
        transaction.begin();
        producer.sendException = new RecordTooLargeException("too large");

        assertThatExceptionOfType(KafkaException.class)
                .isThrownBy(() -> transaction.publish(VERSION))
                .withMessageContaining("too large");
        assertThat(producer.transactionAborted()).isTrue();
        assertThat(producer.history()).isEmpty();
    }

    @Test
    void saysThatAnotherCommandHasBegun() throws InterruptedException {
        transaction.begin();
        producer.commitTransactionException = new ProducerFencedException("fenced");

        assertThatExceptionOfType(UserException.class)
                .isThrownBy(() -> transaction.publish(VERSION))
                .withMessage(FENCED);
        assertThat(producer.history()).isEmpty();
    }
}
