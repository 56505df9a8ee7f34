package dev.inkstream.stream.guard;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.Test;

/// Why a commit failed. `OffsetGuardIT` deletes the topic of a running role.
class GuardedProducerTest {
    private final TimeoutException timeout = new TimeoutException("not allocated within 60000 ms");

    @Test
    void aGuardTopicThatIsGoneIsNamed() {
        KafkaException gone = new UnknownTopicOrPartitionException("there is no topic app-guard");
        assertThat(GuardedProducer.cause(timeout, throwing(gone))).isSameAs(gone);
        assertThat(GuardedProducer.cause(new KafkaException("in an error state", timeout), throwing(gone)))
                .isSameAs(gone);
    }

    @Test
    void aFullBufferStaysATimeout() {
        assertThat(GuardedProducer.cause(timeout, () -> {})).isSameAs(timeout);
    }

    @Test
    void brokersThatAreAwayStayATimeout() {
        assertThat(GuardedProducer.cause(timeout, throwing(new TimeoutException("no node"))))
                .isSameAs(timeout);
    }

    @Test
    void otherFailuresAskNothing() {
        KafkaException fenced = new ProducerFencedException("fenced");
        assertThat(GuardedProducer.cause(fenced, throwing(new IllegalStateException("asked"))))
                .isSameAs(fenced);
    }

    private static Runnable throwing(RuntimeException failure) {
        return () -> {
            throw failure;
        };
    }
}
