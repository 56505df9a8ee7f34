package dev.inkstream.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopicsTest {
    private static final String YEAR = "31536000000";
    private static final String SEGMENT = "67108864";

    private final Topics topics = new Topics(Topics.DEFAULT_PREFIX);

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "inkstream.images,           6, delete,  -,             -,        -",
                "inkstream.labeled-images,   1, delete,  " + YEAR + ",  -,        1262592",
                "inkstream.holdout-images,   1, compact, -,             " + SEGMENT + ", -",
                "inkstream.weight-snapshots, 1, delete,  " + YEAR + ",  -,        16777216",
                "inkstream.serving-weights,  1, compact, -,             " + SEGMENT + ", 16777216",
                "inkstream.predictions,      6, delete,  -,             -,        -",
                "inkstream.evaluations,      1, delete,  " + YEAR + ",  -,        -",
                "inkstream.labels,           6, delete,  -, -, -",
                "inkstream.live-evaluations, 1, delete,  " + YEAR + ",  -,        -",
                "inkstream.drift-events,     1, delete,  " + YEAR + ",  -,        -",
                "inkstream.model-commands,   1, delete,  " + YEAR + ",  -,        -",
                "inkstream.model-decisions,  1, delete,  -1,            -,        -",
                "inkstream.dead-letters,     1, delete,  " + YEAR + ",  -,        1048588",
                "inkstream.redrives,         1, delete,  -1,            -,        -",
            })
    void eachTopicIsCreatedAsItMustBe(
            String name, int partitions, String cleanup, String retention, String segment, String largest) {
        TopicSpec spec = topics.specs(6).stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
        assertThat(spec.partitions()).isEqualTo(partitions);
        assertThat(spec.config().get("cleanup.policy")).isEqualTo(cleanup);
        assertThat(spec.config().get("retention.ms")).isEqualTo(retention);
        assertThat(spec.config().get("retention.bytes"))
                .as("what is kept for ever has no limit of bytes either")
                .isEqualTo("-1".equals(retention) ? "-1" : null);
        assertThat(spec.config().get("segment.bytes")).isEqualTo(segment);
        assertThat(spec.config().get("max.message.bytes")).isEqualTo(largest);
        assertThat(spec.config().keySet())
                .isSubsetOf(
                        "cleanup.policy",
                        "retention.ms",
                        "retention.bytes",
                        "segment.bytes",
                        "max.message.bytes",
                        "max.decompressed.message.bytes");
    }

    @Test
    void thereAreNoMoreTopicsThanThose() {
        assertThat(topics.specs(1))
                .extracting(TopicSpec::name)
                .doesNotHaveDuplicates()
                .hasSize(14);
    }

    @Test
    void everyNameStartsWithThePrefix() {
        Topics own = new Topics("team-a.");
        assertThat(own.specs(1)).allSatisfy(spec -> assertThat(spec.name()).startsWith("team-a."));
        assertThat(List.of(
                        own.images().name(),
                        own.labeledImages().name(),
                        own.holdoutImages().name(),
                        own.weightSnapshots().name(),
                        own.servingWeights().name(),
                        own.predictions().name(),
                        own.evaluations().name(),
                        own.labels().name(),
                        own.liveEvaluations().name(),
                        own.driftEvents().name(),
                        own.modelCommands().name(),
                        own.modelDecisions().name(),
                        own.deadLetters().name(),
                        own.redrives().name()))
                .containsExactlyElementsOf(
                        own.specs(1).stream().map(TopicSpec::name).toList());
        assertThat(new Topics("").images().name()).isEqualTo("images");
    }

    @ParameterizedTest
    @ValueSource(strings = {"with_underscore.", "with space", "slash/", "ü", "a\n"})
    void refusesAPrefixThatKafkaRefusesOrThatCollides(String prefix) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Topics(prefix))
                .withMessage("topic prefix is '" + prefix + "'; it must be at most 100 letters, digits, dots and"
                        + " dashes");
    }

    @Test
    void aPrefixHasAtMost100Characters() {
        assertThat(new Topics("x".repeat(100)).prefix()).hasSize(100);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Topics("x".repeat(101)))
                .withMessageStartingWith("topic prefix is 'xxx");
    }

    @Test
    void aTopicHasAtLeastOnePartition() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> topics.specs(0))
                .withMessage("partitions of inkstream.images is 0; it must be 1 or more");
        assertThat(new TopicSpec("t", 1, Map.of()).partitions()).isEqualTo(1);
    }
}
