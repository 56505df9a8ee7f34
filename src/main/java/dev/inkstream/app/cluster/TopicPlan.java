package dev.inkstream.app.cluster;

import dev.inkstream.stream.TopicSpec;
import dev.inkstream.stream.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.TopicConfig;

/// What creating the topics would do to a cluster. Immutable.
///
/// `images` and `predictions` have as many partitions as one of them has already, whatever was asked for: they must
/// agree with each other, and a topic that exists is left as it is.
///
/// @param specs all topics as they should be
/// @param missing those that are to be created
/// @param differences one clause for each topic that is not as it should be
record TopicPlan(List<TopicSpec> specs, List<TopicSpec> missing, List<String> differences) {

    /// @param partitions of `images` and `predictions`, where neither exists
    /// @param existing by name
    static TopicPlan of(Topics topics, int partitions, Map<String, TopicState> existing) {
        int shared = Optional.ofNullable(existing.get(topics.images()))
                .or(() -> Optional.ofNullable(existing.get(topics.predictions())))
                .map(TopicState::partitions)
                .orElse(partitions);
        List<TopicSpec> specs = topics.specs(shared);
        List<TopicSpec> missing = new ArrayList<>();
        List<String> differences = new ArrayList<>();
        for (TopicSpec spec : specs) {
            TopicState state = existing.get(spec.name());
            if (state == null) {
                missing.add(spec);
            } else {
                compare(state, spec, differences);
            }
        }
        return new TopicPlan(specs, List.copyOf(missing), List.copyOf(differences));
    }

    private static void compare(TopicState state, TopicSpec spec, List<String> differences) {
        String name = state.name();
        if (state.partitions() != spec.partitions()) {
            differences.add("%s has %d partitions, not %d".formatted(name, state.partitions(), spec.partitions()));
        }
        String policy = cleanupPolicy(spec);
        if (!policy.equals(state.cleanupPolicy())) {
            differences.add("%s has %s=%s, not %s"
                    .formatted(name, TopicConfig.CLEANUP_POLICY_CONFIG, state.cleanupPolicy(), policy));
        }
    }

    static String cleanupPolicy(TopicSpec spec) {
        return spec.config().getOrDefault(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE);
    }
}
