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
        TopicPlan plan = plan(state("p.predictions", 7, "delete"));

        assertThat(plan.faults()).isEmpty();
        assertThat(plan.missing())
                .filteredOn(spec -> spec.name().equals("p.images"))
                .extracting(TopicSpec::partitions)
                .containsExactly(7);
    }

    @Test
    void usersChooseThePartitionsAndThePolicyOfTheirTopics() {
        TopicPlan plan = plan(
                state("p.images", 6, "compact,delete"),
                state("p.predictions", 4, "delete"),
                state("p.dead-letters", 3, "delete"));

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
                state("p.images", 2, "delete"),
                state("p.predictions", 3, "delete"),
                state("p.labeled-images", 5, "delete"),
                state("p.serving-weights", 1, "delete"));

        assertThat(plan.faults())
                .containsExactly(
                        "p.labeled-images has 5 partitions; it must have 1",
                        "cleanup.policy of p.serving-weights is delete; it must be compact");
    }

    /// A broker may have a limit for topics that have none of their own.
    @Test
    void whatIsNeededForEverHasNoLimit() {
        assertThat(TOPICS.modelDecisions().config())
                .containsEntry("retention.ms", "-1")
                .containsEntry("retention.bytes", "-1");
        assertThat(plan(state("p.model-decisions", Map.of("retention.ms", "604800000", "retention.bytes", "1000000")))
                        .faults())
                .containsExactly(
                        "retention.ms of p.model-decisions is 604800000; it must be -1, since its records are needed for"
                                + " ever",
                        "retention.bytes of p.model-decisions is 1000000; it must be -1, since its records are needed"
                                + " for ever");
        assertThat(plan(state("p.redrives", Map.of("retention.bytes", "5"))).faults())
                .hasSize(1);
        assertThat(plan(state("p.weight-snapshots", Map.of("retention.ms", "1")))
                        .faults())
                .isEmpty();
    }

    private static TopicState state(String name, int partitions, String cleanupPolicy) {
        return new TopicState(name, partitions, Map.of("cleanup.policy", cleanupPolicy));
    }

    private static TopicState state(String name, Map<String, String> config) {
        return new TopicState(name, 1, config);
    }

    private static TopicPlan plan(TopicState... existing) {
        Map<String, TopicState> byName =
                Stream.of(existing).collect(Collectors.toMap(TopicState::name, state -> state));
        return TopicPlan.of(TOPICS, 4, byName);
    }
}
