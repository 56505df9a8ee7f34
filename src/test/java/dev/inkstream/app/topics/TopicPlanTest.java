package dev.inkstream.app.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.inkstream.stream.TopicSpec;
import dev.inkstream.stream.Topics;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TopicPlanTest {
    private static final Topics TOPICS = new Topics("p.");

    @Test
    void createsAllWhereThereIsNone() {
        TopicPlan plan = plan();

        assertThat(plan.missing()).isEqualTo(TOPICS.specs(4));
        assertThat(plan.faults()).isEmpty();
    }

    @Test
    void imagesAndPredictionsAgreeWithTheOneThatExists() {
        TopicPlan plan = plan(new TopicState("p.predictions", 7, "delete"));

        assertThat(plan.faults()).isEmpty();
        assertThat(plan.missing())
                .filteredOn(spec -> spec.name().equals("p.images"))
                .extracting(TopicSpec::partitions)
                .containsExactly(7);
    }

    @Test
    void usersChooseThePartitionsAndThePolicyOfTheirTopics() {
        TopicPlan plan = plan(
                new TopicState("p.images", 6, "compact,delete"),
                new TopicState("p.predictions", 4, "delete"),
                new TopicState("p.dead-letters", 3, "delete"));

        assertThat(plan.faults()).isEmpty();
        assertThat(plan.specs())
                .filteredOn(spec -> !plan.missing().contains(spec))
                .extracting(TopicSpec::name, TopicSpec::partitions, TopicPlan::cleanupPolicy)
                .containsExactlyInAnyOrder(
                        tuple("p.images", 6, "compact,delete"),
                        tuple("p.predictions", 4, "delete"),
                        tuple("p.dead-letters", 3, "delete"));
    }

    @Test
    void eachFaultIsNamed() {
        TopicPlan plan = plan(
                new TopicState("p.images", 2, "delete"),
                new TopicState("p.predictions", 3, "delete"),
                new TopicState("p.labeled-images", 5, "delete"),
                new TopicState("p.serving-weights", 1, "delete"));

        assertThat(plan.faults())
                .containsExactly(
                        "p.labeled-images has 5 partitions; it must have 1",
                        "cleanup.policy of p.serving-weights is delete; it must be compact");
    }

    private static TopicPlan plan(TopicState... existing) {
        Map<String, TopicState> byName =
                Stream.of(existing).collect(Collectors.toMap(TopicState::name, state -> state));
        return TopicPlan.of(TOPICS, 4, byName);
    }
}
