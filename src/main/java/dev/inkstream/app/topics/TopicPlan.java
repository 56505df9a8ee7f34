package dev.inkstream.app.topics;

import dev.inkstream.stream.Topic;
import dev.inkstream.stream.Topic.Partitions;
import dev.inkstream.stream.TopicSpec;
import dev.inkstream.stream.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.TopicConfig;

/// What creating the topics would do to a cluster. Immutable.
///
/// A topic that exists is left as it is. Missing ones of `images`, `labels` and `predictions` get as many partitions as
/// the first of them that exists; the roles work with any numbers.
///
/// @param specs all topics: those that exist with their own partitions and policy, the rest as they are created
/// @param missing those that are to be created
/// @param faults one clause for each topic that exists and that no role can work with
record TopicPlan(List<TopicSpec> specs, List<TopicSpec> missing, List<String> faults) {
    private static final String UNLIMITED = "-1";

    /// @param partitions of `images`, `labels` and `predictions`, if all three are missing
    /// @param existing by name
    static TopicPlan of(Topics topics, int partitions, Map<String, TopicState> existing) {
        int shared = Optional.ofNullable(existing.get(topics.images().name()))
                .or(() -> Optional.ofNullable(existing.get(topics.predictions().name())))
                .or(() -> Optional.ofNullable(existing.get(topics.labels().name())))
                .map(TopicState::partitions)
                .orElse(partitions);
        List<TopicSpec> specs = new ArrayList<>();
        List<TopicSpec> missing = new ArrayList<>();
        List<String> faults = new ArrayList<>();
        for (Topic<?, ?> topic : topics.all()) {
            TopicSpec spec = topic.spec(shared);
            TopicState state = existing.get(spec.name());
            if (state == null) {
                missing.add(spec);
                specs.add(spec);
            } else {
                specs.add(asItIs(state));
                judge(state, spec, topic.partitions(), faults);
            }
        }
        return new TopicPlan(List.copyOf(specs), List.copyOf(missing), List.copyOf(faults));
    }

    /// Whether a topic is [Partitions#SHARED].
    static boolean isShared(Topics topics, TopicSpec spec) {
        return topics.all().stream()
                .anyMatch(topic -> topic.name().equals(spec.name()) && topic.partitions() == Partitions.SHARED);
    }

    private static TopicSpec asItIs(TopicState state) {
        return new TopicSpec(
                state.name(), state.partitions(), Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, state.cleanupPolicy()));
    }

    private static void judge(TopicState state, TopicSpec spec, Partitions needed, List<String> faults) {
        if (needed == Partitions.SHARED) {
            // A user also chooses how long they are kept.
            return;
        }
        if (needed == Partitions.ORDERED && state.partitions() != 1) {
            faults.add("%s has %d partitions; it must have 1".formatted(state.name(), state.partitions()));
        }
        String policy = cleanupPolicy(spec);
        if (!policy.equals(state.cleanupPolicy())) {
            faults.add("%s of %s is %s; it must be %s"
                    .formatted(TopicConfig.CLEANUP_POLICY_CONFIG, state.name(), state.cleanupPolicy(), policy));
        }
        for (String retention : List.of(TopicConfig.RETENTION_MS_CONFIG, TopicConfig.RETENTION_BYTES_CONFIG)) {
            String found = state.config().getOrDefault(retention, UNLIMITED);
            // How long other topics keep their records is the user's choice.
            if (UNLIMITED.equals(spec.config().get(retention)) && !UNLIMITED.equals(found)) {
                faults.add("%s of %s is %s; it must be %s, since its records are needed for ever"
                        .formatted(retention, state.name(), found, UNLIMITED));
            }
        }
    }

    static String cleanupPolicy(TopicSpec spec) {
        return spec.config().getOrDefault(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE);
    }
}
