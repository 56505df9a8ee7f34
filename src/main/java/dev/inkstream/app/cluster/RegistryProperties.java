package dev.inkstream.app.cluster;

import dev.inkstream.app.console.UsageException;
import dev.inkstream.codec.RegistryUrl;
import dev.inkstream.codec.RestSchemaRegistry;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The properties of a schema registry, by Confluent's names, and what they mean.
///
/// @param settings among which they are
record RegistryProperties(KafkaSettings settings) {
    static final String PREFIX = "schema.registry.";

    static final String URL = PREFIX + "url";
    static final String AUTO_REGISTER = "auto.register.schemas";

    /// Whether a setting is the registry's, and so none of a Kafka client.
    static boolean isOne(String key) {
        return key.startsWith(PREFIX) || RegistryCredentials.KEYS.contains(key) || key.equals(AUTO_REGISTER);
    }

    /// What they say; empty if there is no registry.
    ///
    /// @throws UsageException if one of them is wrong
    Optional<RestSchemaRegistry.Settings> parse() {
        requireKnown();
        List<RegistryUrl> urls =
                settings.property(URL).map(RegistryProperties::urls).orElse(List.of());
        if (urls.isEmpty()) {
            requireNone();
            return Optional.empty();
        }
        return Optional.of(new RestSchemaRegistry.Settings(
                urls,
                new RegistryCredentials(settings).authorization(urls),
                new RegistryTls(settings).context(),
                autoRegister()));
    }

    private void requireKnown() {
        TreeSet<String> known =
                RegistryCredentials.KEYS.stream().map(PREFIX::concat).collect(Collectors.toCollection(TreeSet::new));
        known.add(URL);
        known.addAll(RegistryTls.KEYS);
        first(key -> !known.contains(key)).ifPresent(key -> {
            throw new UsageException("%s is not a schema registry setting; it must be %s or %s*"
                    .formatted(
                            key,
                            known.stream()
                                    .filter(Predicate.not(RegistryTls.KEYS::contains))
                                    .collect(Collectors.joining(", ")),
                            RegistryTls.PREFIX));
        });
    }

    private void requireNone() {
        first(key -> true).ifPresent(key -> {
            throw new UsageException(
                    key.equals(URL)
                            ? URL
                                    + " is empty; it must be http:// or https:// with a host and, if needed, a port and a path"
                            : key + " is set, but " + URL + " is not; set both or none");
        });
    }

    /// The first setting with the prefix for which `condition` holds, in the order of names.
    private Optional<String> first(Predicate<String> condition) {
        return settings.names().stream()
                .filter(key -> key.startsWith(PREFIX))
                .filter(condition)
                .findFirst();
    }

    private static List<RegistryUrl> urls(String list) {
        return Stream.of(list.split(",", -1))
                .map(String::strip)
                .filter(Predicate.not(String::isEmpty))
                .map(url -> url(url, list.contains("@")))
                .toList();
    }

    /// @param secret whether the list has a password somewhere, which a comma may have cut
    private static RegistryUrl url(String url, boolean secret) {
        try {
            return RegistryUrl.parse(url);
        } catch (IllegalArgumentException e) {
            throw new UsageException(
                    secret && !url.contains("@")
                            ? URL + " has an address that cannot be used; each must be http:// or https:// with a host,"
                                    + " and a ',' in a password must be written as %2C"
                            : URL + " " + e.getMessage(),
                    e);
        }
    }

    private boolean autoRegister() {
        String value = settings.property(AUTO_REGISTER).orElse("true").strip();
        if (!Set.of("true", "false").contains(value.toLowerCase(java.util.Locale.ROOT))) {
            throw new UsageException("%s is '%s'; it must be true or false".formatted(AUTO_REGISTER, value));
        }
        return Boolean.parseBoolean(value);
    }
}
