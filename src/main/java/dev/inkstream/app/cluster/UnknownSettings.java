package dev.inkstream.app.cluster;

import dev.inkstream.app.console.Spelling;
import dev.inkstream.app.console.Text;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.streams.StreamsConfig;

/// Finds names of settings that neither Kafka's clients nor the schema registry's client have: mostly typing errors,
/// since Kafka ignores them. They may be those of a plug-in too, such as an interceptor, so they are no error.
final class UnknownSettings {
    private static final int MAX_NAMES = 10;
    private static final int MAX_NAME_CHARS = 100;

    /// Settings below these have names that nobody can list.
    private static final List<String> OPEN =
            List.of(AbstractConfig.CONFIG_PROVIDERS_CONFIG + ".", StreamsConfig.TOPIC_PREFIX, "metrics.jmx.");

    private UnknownSettings() {}

    /// A warning that names them, and for each the known name that was probably meant; empty if all are known.
    static Optional<String> warning(Collection<String> names) {
        Set<String> known = known();
        List<String> unknown = new TreeSet<>(names)
                .stream().filter(name -> !isKnown(name, known)).toList();
        if (unknown.isEmpty()) {
            return Optional.empty();
        }
        String listed = unknown.stream()
                .limit(MAX_NAMES)
                .map(name -> shown(name) + suggestion(name, known))
                .collect(Collectors.joining(", "));
        String more = unknown.size() <= MAX_NAMES ? "" : " and %d more".formatted(unknown.size() - MAX_NAMES);
        return Optional.of(
                "Kafka's clients have no setting " + listed + more + "; correct the name, unless it is a plug-in's");
    }

    private static boolean isKnown(String name, Set<String> known) {
        String plain = name.substring(prefix(name).length());
        return known.contains(plain)
                || RegistryProperties.isOne(name)
                || OPEN.stream().anyMatch(plain::startsWith);
    }

    private static String suggestion(String name, Set<String> known) {
        String prefix = prefix(name);
        return Spelling.nearest(name, known.stream().map(prefix::concat))
                .map(near -> " (did you mean " + near + "?)")
                .orElse("");
    }

    /// Of one client, with the dot at its end; empty if the setting is for all.
    private static String prefix(String name) {
        return KafkaSettings.CLIENTS.stream()
                .filter(name::startsWith)
                .findFirst()
                .orElse("");
    }

    private static String shown(String name) {
        return Text.printable(name.length() <= MAX_NAME_CHARS ? name : name.substring(0, MAX_NAME_CHARS) + "...");
    }

    private static Set<String> known() {
        Set<String> known = new HashSet<>(AdminClientConfig.configNames());
        known.addAll(ConsumerConfig.configNames());
        known.addAll(ProducerConfig.configNames());
        known.addAll(StreamsConfig.configDef().names());
        known.addAll(RegistryCredentials.KEYS);
        known.addAll(List.of(
                AbstractConfig.CONFIG_PROVIDERS_CONFIG, RegistryProperties.URL, RegistryProperties.AUTO_REGISTER));
        return known;
    }
}
