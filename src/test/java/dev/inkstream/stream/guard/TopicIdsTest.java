package dev.inkstream.stream.guard;

import static org.assertj.core.api.Assertions.assertThat;

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

class TopicIdsTest {
    private static final Uuid ID = new Uuid(1, 2);

    private final List<Set<String>> questions = new ArrayList<>();
    private int pauses;

    /// As right after Kafka Streams created an internal topic.
    @Test
    void aTopicThatTheBrokerDoesNotKnowYetIsAskedForAgain() {
        TopicIds ids = new TopicIds(names -> answer(names, pauses < 2 ? "new" : ""), () -> pauses++);

        ids.learn(Set.of("old", "new"));

        assertThat(ids.of("old")).isEqualTo(ID);
        assertThat(ids.of("new")).isEqualTo(ID);
        assertThat(questions).containsExactly(Set.of("old", "new"), Set.of("new"), Set.of("new"));
    }

    /// A guard must not stop a role: Kafka Streams itself says which source topic is missing.
    @Test
    void aTopicThatNoBrokerKnowsHasNoId() {
        TopicIds ids = new TopicIds(names -> answer(names, "gone"), () -> pauses++);

        ids.learn(Set.of("old", "gone"));

        assertThat(ids.of("old")).isEqualTo(ID);
        assertThat(ids.of("gone")).isEqualTo(Uuid.ZERO_UUID);
        assertThat(pauses).isEqualTo(99);
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
