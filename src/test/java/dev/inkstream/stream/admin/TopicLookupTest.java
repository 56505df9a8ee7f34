package dev.inkstream.stream.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.internals.KafkaFutureImpl;
import org.junit.jupiter.api.Test;

class TopicLookupTest {
    private static final Uuid ID = new Uuid(1, 2);

    private final List<Set<String>> questions = new ArrayList<>();
    private int pauses;

    /// As right after Kafka Streams created an internal topic.
    @Test
    void aTopicThatTheBrokerDoesNotKnowYetIsAskedForAgain() {
        TopicLookup lookup = new TopicLookup(names -> answer(names, pauses < 2 ? "new" : ""), () -> pauses++);

        assertThat(lookup.find(Set.of("old", "new"))).containsOnlyKeys("old", "new");
        assertThat(questions).containsExactly(Set.of("old", "new"), Set.of("new"), Set.of("new"));
    }

    @Test
    void aTopicThatNoBrokerKnowsIsNotFoundInTenSeconds() {
        TopicLookup lookup = new TopicLookup(names -> answer(names, "gone"), () -> pauses++);

        assertThat(lookup.find(Set.of("old", "gone"))).containsOnlyKeys("old");
        assertThat(pauses).isEqualTo(99);
        assertThatExceptionOfType(UnknownTopicOrPartitionException.class)
                .isThrownBy(() -> lookup.require("gone"))
                .withMessage("there is no topic gone");
    }

    @Test
    void oneTopic() {
        TopicLookup lookup = new TopicLookup(names -> answer(names, pauses < 2 ? "new" : ""), () -> pauses++);

        assertThat(lookup.isKnown("new")).isFalse();
        assertThat(lookup.isKnown("old")).isTrue();
        assertThat(pauses).isZero();
        assertThat(lookup.require("new").topicId()).isEqualTo(ID);
    }

    private Map<String, KafkaFuture<TopicDescription>> answer(Set<String> names, String unknown) {
        questions.add(names);
        Map<String, KafkaFuture<TopicDescription>> answers = new HashMap<>();
        names.forEach(name -> answers.put(name, name.equals(unknown) ? refused() : described(name)));
        return answers;
    }

    private static KafkaFuture<TopicDescription> described(String name) {
        return KafkaFuture.completedFuture(new TopicDescription(name, false, List.of(), Set.of(), ID));
    }

    private static KafkaFuture<TopicDescription> refused() {
        KafkaFutureImpl<TopicDescription> answer = new KafkaFutureImpl<>();
        answer.completeExceptionally(new UnknownTopicOrPartitionException("this broker has not heard of it"));
        return answer;
    }
}
