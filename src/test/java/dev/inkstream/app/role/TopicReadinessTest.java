package dev.inkstream.app.role;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkstream.stream.runtime.TopicsNotReadyException;
import java.time.Duration;
import java.util.Set;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;

class TopicReadinessTest {
    private RuntimeException failure;
    private boolean interrupted;
    private int asked;
    private long nanos = Long.MAX_VALUE - 1;
    private final TopicReadiness readiness = new TopicReadiness("kafka:9092", this::verify, () -> nanos);

    private void verify() throws InterruptedException {
        asked++;
        if (interrupted) {
            throw new InterruptedException();
        }
        if (failure != null) {
            throw failure;
        }
    }

    @Test
    void theClusterIsAskedAtMostEveryFiveSeconds() {
        assertThat(readiness.get()).isEmpty();
        failure = new TopicsNotReadyException("there is no topic t.images", true);
        nanos += Duration.ofSeconds(5).toNanos();
        assertThat(readiness.get()).isEmpty();
        assertThat(asked).isEqualTo(1);
        nanos++;
        assertThat(readiness.get()).contains("there is no topic t.images");
        assertThat(readiness.get()).contains("there is no topic t.images");
        assertThat(asked).isEqualTo(2);
        failure = null;
        nanos += Duration.ofSeconds(6).toNanos();
        assertThat(readiness.get()).isEmpty();
    }

    @Test
    void noAnswerIsNotReady() {
        failure = new TimeoutException("Timed out waiting for a node assignment. Call: describeTopics");
        assertThat(readiness.get()).contains("no Kafka broker answers at kafka:9092");
    }

    @Test
    void aRefusalIsOneSentence() {
        failure = new TopicAuthorizationException(Set.of("t.images"));
        assertThat(readiness.get())
                .contains("this user may not use the topic t.images at kafka:9092: ask for the ACL, or check"
                        + " --topic-prefix");
        nanos += Duration.ofSeconds(6).toNanos();
        failure = new KafkaException("odd");
        assertThat(readiness.get()).contains("Kafka at kafka:9092 does not describe the topics: odd");
    }

    @Test
    void anInterruptedCheckIsRepeatedByTheNextCaller() {
        interrupted = true;
        assertThat(readiness.get()).contains("the check of the topics was interrupted");
        assertThat(Thread.interrupted()).isTrue();
        interrupted = false;
        assertThat(readiness.get()).isEmpty();
        assertThat(asked).isEqualTo(2);
    }
}
