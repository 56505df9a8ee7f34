package dev.inkstream.app.cluster;

import dev.inkstream.app.console.UsageException;
import dev.inkstream.codec.RegistryUrl;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// How to log in to a schema registry: user and password, or a token. Each property may have the prefix
/// `schema.registry.` or not; with it, it wins. No message shows a value that may be a secret.
///
/// @param settings among which the properties are
record RegistryCredentials(KafkaSettings settings) {
    private static final String USER_INFO = "basic.auth.user.info";
    private static final String BASIC_SOURCE = "basic.auth.credentials.source";
    private static final String TOKEN = "bearer.auth.token";
    private static final String BEARER_SOURCE = "bearer.auth.credentials.source";

    /// The properties, without the prefix.
    static final List<String> KEYS = List.of(USER_INFO, BASIC_SOURCE, TOKEN, BEARER_SOURCE);

    /// The value of the `Authorization` header; empty for none, or if each address has its own.
    ///
    /// @throws UsageException if what is given cannot be used
    Optional<String> authorization(List<RegistryUrl> urls) {
        Optional<String> basic = basic(urls);
        Optional<String> bearer = bearer();
        if (basic.isPresent() && bearer.isPresent()) {
            throw new UsageException("%s and %s are both set; set one".formatted(USER_INFO, TOKEN));
        }
        return basic.or(() -> bearer);
    }

    private Optional<String> basic(List<RegistryUrl> urls) {
        Optional<String> info = property(USER_INFO);
        String source = property(BASIC_SOURCE)
                .orElse(info.isPresent() ? "USER_INFO" : "URL")
                .toUpperCase(Locale.ROOT);
        switch (source) {
            case "URL" -> {
                return urls.stream()
                        .flatMap(url -> url.userInfo().stream())
                        .findFirst()
                        .map(RegistryCredentials::basic);
            }
            case "USER_INFO" -> {
                String userInfo = info.orElseThrow(() -> new UsageException(
                        "%s is USER_INFO, but %s is not set; set both or none".formatted(BASIC_SOURCE, USER_INFO)));
                if (!userInfo.contains(":")) {
                    throw new UsageException("%s has no ':'; it must be user:password".formatted(USER_INFO));
                }
                return Optional.of(basic(userInfo));
            }
            default ->
                throw new UsageException("%s is '%s'; it must be URL or USER_INFO".formatted(BASIC_SOURCE, source));
        }
    }

    private Optional<String> bearer() {
        Optional<String> token = property(TOKEN);
        String source = property(BEARER_SOURCE).orElse("STATIC_TOKEN").toUpperCase(Locale.ROOT);
        if (!source.equals("STATIC_TOKEN")) {
            throw new UsageException("%s is '%s'; it must be STATIC_TOKEN".formatted(BEARER_SOURCE, source));
        }
        if (token.filter(text -> !text.matches("[!-~]+")).isPresent()) {
            throw new UsageException(
                    "%s has a space or another invalid character; it must have printable ASCII characters only"
                            .formatted(TOKEN));
        }
        return token.map("Bearer "::concat);
    }

    private Optional<String> property(String key) {
        return settings.property(RegistryProperties.PREFIX + key)
                .or(() -> settings.property(key))
                .map(String::strip)
                .filter(value -> !value.isEmpty());
    }

    private static String basic(String userInfo) {
        return "Basic " + Base64.getEncoder().encodeToString(userInfo.getBytes(StandardCharsets.UTF_8));
    }
}
