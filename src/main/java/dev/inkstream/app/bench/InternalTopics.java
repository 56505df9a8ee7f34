package dev.inkstream.app.bench;

import java.util.Collection;
import java.util.List;

/// The topics that Kafka Streams creates for an application. Stateless.
final class InternalTopics {
    private static final String REPARTITION = "-repartition";
    private static final String CHANGELOG = "-changelog";

    private InternalTopics() {}

    /// Changelogs and repartition topics.
    ///
    /// @param group application id, with which their names begin
    /// @param names of all topics
    static List<String> of(String group, Collection<String> names) {
        return names.stream()
                .filter(name -> isOf(group, name) && (name.endsWith(REPARTITION) || name.endsWith(CHANGELOG)))
                .toList();
    }

    /// The repartition topics alone.
    static List<String> repartition(String group, Collection<String> names) {
        return names.stream()
                .filter(name -> isOf(group, name) && name.endsWith(REPARTITION))
                .toList();
    }

    private static boolean isOf(String group, String name) {
        return name.startsWith(group + "-");
    }
}
