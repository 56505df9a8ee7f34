package dev.inkstream.stream.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.internals.KafkaFutureImpl;
import org.junit.jupiter.api.Test;

class TopicLimitsTest {
    @Test
    void theSmallestOfATopicAndTheInternalTopicsCounts() throws Exception {
        TopicLimits limits = of(Map.of(
                "out", limit(5_000_000),
                "app-store-changelog", limit(3_000_000),
                "app-x-repartition", limit(4_000_000),
                "app-guard", limit(1_000)));
        assertThat(limits.room("out")).isEqualTo(3_000_000 - 256);
        assertThatCode(() -> limits.require("out", 5_000_000)).doesNotThrowAnyException();
        assertThatExceptionOfType(TopicsNotReadyException.class)
                .isThrownBy(() -> limits.require("out", 5_000_001))
                .withMessage("max.message.bytes of topic out is 5000000; it must be 5000001 or more, or records would"
                        + " be refused that this role must write")
                .matches(e -> !e.isMissing());
    }

    @Test
    void aTopicThatTheBrokerDoesNotKnowYetIsMissingAndHasNoLimit() {
        assertThatExceptionOfType(TopicsNotReadyException.class)
                .isThrownBy(() -> of(Map.of("out", failed(new UnknownTopicOrPartitionException("new")))))
                .withMessage("there is no topic out; create what is missing with 'inkstream topics create' and the same"
                        + " options for cluster and prefix")
                .matches(TopicsNotReadyException::isMissing);
    }

    @Test
    void anInternalTopicThatIsGoneDoesNotCount() throws Exception {
        TopicLimits limits = of(Map.of(
                "out", limit(5_000_000),
                "app-store-changelog", failed(new UnknownTopicOrPartitionException("deleted"))));
        assertThat(limits.room("out")).isEqualTo(5_000_000 - 256);
    }

    @Test
    void settingsThatThisUserMayNotReadAreTakenForTheDefault() throws Exception {
        TopicLimits limits = of(Map.of("out", failed(new TopicAuthorizationException(Set.of("out")))));
        assertThat(limits.room("out")).isEqualTo(TopicLimits.DEFAULT - 256);
        assertThatCode(() -> limits.require("out", TopicLimits.DEFAULT)).doesNotThrowAnyException();
        assertThatExceptionOfType(TopicsNotReadyException.class)
                .isThrownBy(() -> limits.require("out", 2_000_000))
                .withMessage(
                        "max.message.bytes of topic out is hidden from this user; it must be 2000000 or more: grant"
                                + " DESCRIBE_CONFIGS on the topic")
                .matches(e -> !e.isMissing());
    }

    @Test
    void aClusterThatDoesNotAnswerIsAFailure() {
        assertThatExceptionOfType(KafkaException.class)
                .isThrownBy(() -> of(Map.of("out", failed(new TimeoutException("away")))))
                .withMessage("away");
    }

    private static TopicLimits of(Map<String, KafkaFuture<Config>> answers) throws InterruptedException {
        return TopicLimits.of(answers, List.of("out"));
    }

    private static KafkaFuture<Config> limit(int bytes) {
        return KafkaFuture.completedFuture(
                new Config(List.of(new ConfigEntry("max.message.bytes", Integer.toString(bytes)))));
    }

    private static KafkaFuture<Config> failed(KafkaException failure) {
        KafkaFutureImpl<Config> answer = new KafkaFutureImpl<>();
        answer.completeExceptionally(failure);
        return answer;
    }
}
