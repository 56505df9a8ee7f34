package dev.inkstream.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkstream.record.Evaluation;
import dev.inkstream.record.ModelDecision;
import dev.inkstream.record.WeightSnapshot;
import dev.inkstream.stream.DecisionHeader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// What must be decided about the snapshots and commands of a flood, read from the topics.
record FloodDecisions(Cluster cluster, FloodExpectation expected) {
    private static final byte[] MODEL_KEY = Flood.key(FloodTopic.MODEL);

    /// Each snapshot that can be used is evaluated, each command decided about, and nothing twice.
    void check(List<Evaluation> evaluations) {
        List<String> usable = new ArrayList<>();
        try (TopicFollower published = new TopicFollower(
                cluster.kafka(), cluster.topics().weightSnapshots().name(), this::usableSnapshot)) {
            usable.addAll(published.read());
        }
        assertThat(evaluations).extracting(one -> one.id().toString()).containsExactlyElementsOf(usable);
        List<ModelDecision> decisions = decisions();
        assertThat(decisions.stream().flatMap(one -> one.origin().commandId().stream()))
                .containsExactlyInAnyOrderElementsOf(expected.commands());
        for (int i = 1; i < decisions.size(); i++) {
            assertThat(decisions.get(i).number()).isEqualTo(decisions.get(i - 1).number() + 1);
        }
    }

    private Optional<String> usableSnapshot(ConsumerRecord<byte[], byte[]> record) {
        return expected.unusedSnapshots().contains(record.offset())
                ? Optional.empty()
                : Optional.of(snapshot(record).id().toString());
    }

    private static WeightSnapshot snapshot(ConsumerRecord<byte[], byte[]> record) {
        return Cluster.SERDES.weightSnapshot().deserializer().deserialize("", record.value());
    }

    /// Commands that were decided about.
    long ofCommands() {
        return decisions().stream()
                .filter(decision -> decision.origin().commandId().isPresent())
                .count();
    }

    private List<ModelDecision> decisions() {
        return cluster.committed(cluster.topics().modelDecisions().name(), Cluster.SERDES.modelDecision());
    }

    /// How many records of `serving-weights` a classifier refuses: what it cannot use, and lower versions that do not
    /// follow from a decision.
    int refusedWeights() {
        int[] refused = {0};
        long[] serving = {-1};
        try (TopicFollower weights = new TopicFollower(
                cluster.kafka(), cluster.topics().servingWeights().name(), record -> {
                    if (expected.refusedWeights().contains(record.offset())) {
                        refused[0]++;
                    } else if (record.value() != null && Arrays.equals(record.key(), MODEL_KEY)) {
                        long version = snapshot(record).id().version();
                        if (version < serving[0] && record.headers().lastHeader(DecisionHeader.NAME) == null) {
                            refused[0]++;
                        } else {
                            serving[0] = version;
                        }
                    }
                    return Optional.empty();
                })) {
            assertThat(weights.read()).isEmpty();
        }
        return refused[0];
    }
}
