package dev.inkstream.stream.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkstream.stream.admin.TopicLookup;
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

    /// A guard must not stop a role: Kafka Streams itself says which source topic is missing.
    @Test
    void aTopicThatNoBrokerKnowsHasNoId() {
        TopicIds ids = new TopicIds(new TopicLookup(TopicIdsTest::answer, () -> {}));

        ids.learn(Set.of("old", "gone"));

        assertThat(ids.of("old")).isEqualTo(ID);
        assertThat(ids.of("gone")).isEqualTo(Uuid.ZERO_UUID);
    }

    private static Map<String, KafkaFuture<TopicDescription>> answer(Set<String> names) {
        Map<String, KafkaFuture<TopicDescription>> answers = new HashMap<>();
        names.forEach(name -> answers.put(name, answer(name)));
        return answers;
    }

    private static KafkaFuture<TopicDescription> answer(String name) {
        KafkaFutureImpl<TopicDescription> answer = new KafkaFutureImpl<>();
        if (name.equals("gone")) {
            answer.completeExceptionally(new UnknownTopicOrPartitionException("this broker has not heard of it"));
        } else {
            answer.complete(new TopicDescription(name, false, List.of(), Set.of(), ID));
        }
        return answer;
    }
}
