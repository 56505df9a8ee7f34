package dev.inkstream.app.cluster;

import static org.assertj.core.api.Assertions.assertThat;

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
        assertThat(plan.differences()).isEmpty();
    }

    @Test
    void imagesAndPredictionsAgreeWithTheOneThatExists() {
        TopicPlan plan = plan(new TopicState("p.predictions", 7, "delete"));

        assertThat(plan.differences()).isEmpty();
        assertThat(plan.missing())
                .filteredOn(spec -> spec.name().equals("p.images"))
                .extracting(TopicSpec::partitions)
                .containsExactly(7);
    }

    @Test
    void eachDifferenceIsTold() {
        TopicPlan plan = plan(
                new TopicState("p.images", 2, "delete"),
                new TopicState("p.predictions", 3, "delete"),
                new TopicState("p.labeled-images", 5, "delete"),
                new TopicState("p.serving-weights", 1, "delete"));

        assertThat(plan.differences())
                .containsExactly(
                        "p.labeled-images has 5 partitions, not 1",
                        "p.serving-weights has cleanup.policy=delete, not compact",
                        "p.predictions has 3 partitions, not 2");
    }

    private static TopicPlan plan(TopicState... existing) {
        Map<String, TopicState> byName =
                Stream.of(existing).collect(Collectors.toMap(TopicState::name, state -> state));
        return TopicPlan.of(TOPICS, 4, byName);
    }
}
