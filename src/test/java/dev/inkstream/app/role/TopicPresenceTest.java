package dev.inkstream.app.role;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkstream.stream.TopicsNotReadyException;
import java.time.Duration;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

class TopicPresenceTest {
    private RuntimeException failure;
    private int asked;
    private long nanos = Long.MAX_VALUE - 1;
    private final TopicPresence presence = new TopicPresence(this::verify, () -> nanos);

    private void verify() {
        asked++;
        if (failure != null) {
            throw failure;
        }
    }

    @Test
    void theClusterIsAskedAtMostEveryFiveSeconds() {
        assertThat(presence.get()).isEmpty();
        failure = new TopicsNotReadyException("there is no topic t.images");
        nanos += Duration.ofSeconds(5).toNanos();
        assertThat(presence.get()).isEmpty();
        assertThat(asked).isEqualTo(1);
        nanos++;
        assertThat(presence.get()).contains("there is no topic t.images");
        assertThat(presence.get()).contains("there is no topic t.images");
        assertThat(asked).isEqualTo(2);
        failure = null;
        nanos += Duration.ofSeconds(6).toNanos();
        assertThat(presence.get()).isEmpty();
    }

    @Test
    void noAnswerIsNotReady() {
        failure = new TimeoutException("timed out after 2000 ms");
        assertThat(presence.get())
                .contains("the cluster does not say whether the topics are there: timed out after 2000 ms");
    }
}
