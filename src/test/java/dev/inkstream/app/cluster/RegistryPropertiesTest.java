package dev.inkstream.app.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.inkstream.app.console.UsageException;
import dev.inkstream.codec.RegistryUrl;
import dev.inkstream.codec.RestSchemaRegistry;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryPropertiesTest {
    private static final String URL = "schema.registry.url";
    private static final String CREDENTIALS =
            "Basic " + Base64.getEncoder().encodeToString("user:s3cret".getBytes(StandardCharsets.UTF_8));

    @Test
    void withoutAnAddressThereIsNone() {
        assertThat(parse(Map.of("bootstrap.servers", "b:1", "basic.auth.user.info", "u:p")))
                .isEmpty();
    }

    @Test
    void severalAddressesAreSeparatedByCommas() {
        assertThat(registry(URL, "http://a:1, https://b/x/ ,").urls())
                .containsExactly(RegistryUrl.parse("http://a:1"), RegistryUrl.parse("https://b/x"));
    }

    @Test
    void schemasAreRegisteredUnlessOneSaysNo() {
        assertThat(registry(URL, "http://a").autoRegister()).isTrue();
        assertThat(registry(URL, "http://a", "auto.register.schemas", "False").autoRegister())
                .isFalse();
        assertRefused(
                "auto.register.schemas is 'no'; it must be true or false",
                URL,
                "http://a",
                "auto.register.schemas",
                "no");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "schema.registry."})
    void userAndPasswordWithThePrefixOrWithout(String prefix) {
        assertThat(registry(URL, "http://a", prefix + "basic.auth.user.info", "user:s3cret")
                        .authorization())
                .contains(CREDENTIALS);
        assertThat(registry(
                                URL,
                                "http://a",
                                prefix + "basic.auth.user.info",
                                "user:s3cret",
                                prefix + "basic.auth.credentials.source",
                                "USER_INFO")
                        .authorization())
                .contains(CREDENTIALS);
        assertThat(registry(URL, "http://a", prefix + "bearer.auth.token", "abc.def")
                        .authorization())
                .contains("Bearer abc.def");
    }

    @Test
    void theOneWithThePrefixWins() {
        assertThat(registry(
                                URL,
                                "http://a",
                                "basic.auth.user.info",
                                "other:one",
                                "schema.registry.basic.auth.user.info",
                                "user:s3cret")
                        .authorization())
                .contains(CREDENTIALS);
    }

    /// As other clients do: the first address with user and password has them for all.
    @Test
    void userAndPasswordOfOneAddressAreForAll() {
        RestSchemaRegistry.Settings settings = registry(URL, "http://user:s3cret@a,http://b");
        assertThat(settings.authorization()).contains(CREDENTIALS);
        assertThat(settings.urls().getFirst().userInfo()).contains("user:s3cret");
        assertThat(registry(URL, "http://user:s3cret@a", "basic.auth.credentials.source", "URL")
                        .authorization())
                .contains(CREDENTIALS);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "basic.auth.user.info | s3cret | basic.auth.user.info has no ':'; it must be user:password",
                "basic.auth.credentials.source | SASL_INHERIT"
                        + " | basic.auth.credentials.source is 'SASL_INHERIT'; it must be URL or USER_INFO",
                "basic.auth.credentials.source | USER_INFO"
                        + " | basic.auth.credentials.source is USER_INFO, but basic.auth.user.info is not set; set both"
                        + " or none",
                "bearer.auth.credentials.source | OAUTHBEARER"
                        + " | bearer.auth.credentials.source is 'OAUTHBEARER'; it must be STATIC_TOKEN",
                "bearer.auth.token | s3cret s3cret"
                        + " | bearer.auth.token has a space or another invalid character; it must have printable ASCII characters only",
                "schema.registry.urls | http://b | schema.registry.urls is not a schema registry setting; it must be"
                        + " schema.registry.basic.auth.credentials.source,"
                        + " schema.registry.basic.auth.user.info,"
                        + " schema.registry.bearer.auth.credentials.source,"
                        + " schema.registry.bearer.auth.token, schema.registry.url or"
                        + " schema.registry.ssl.*",
            })
    void whatCannotBeUsedIsNamed(String key, String value, String message) {
        assertRefused(message, URL, "http://a", key, value);
    }

    @Test
    void twoWaysToLogInAreOneTooMany() {
        assertRefused(
                "basic.auth.user.info and bearer.auth.token are both set; set one",
                URL,
                "http://a",
                "basic.auth.user.info",
                "u:p",
                "bearer.auth.token",
                "t");
    }

    @Test
    void settingsOfARegistryThatIsNotThere() {
        assertRefused(
                "schema.registry.basic.auth.user.info is set, but schema.registry.url is not; set both or none",
                "schema.registry.basic.auth.user.info",
                "u:p");
        assertRefused(
                "schema.registry.url is empty; it must be http:// or https:// with a host and, if needed, a port and a"
                        + " path",
                URL,
                " , ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "registry:8081 | schema.registry.url is 'registry:8081'; it must be http:// or https:// with a host and,"
                        + " if needed, a port and a path",
                "http://a,b | schema.registry.url is 'b'; it must be http:// or https:// with a host and, if needed, a"
                        + " port and a path",
                "http://u:pa,ss@a | schema.registry.url has an address that cannot be used; each must be http:// or"
                        + " https:// with a host, and a ',' in a password must be written as %2C",
            })
    void anAddressThatIsNoneIsNamedWithoutAPassword(String url, String message) {
        assertRefused(message, URL, url);
    }

    @Test
    void aTrustStoreThatIsNotThereIsNamed() {
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> registry(
                        URL,
                        "https://a",
                        "schema.registry.ssl.truststore.location",
                        "/no/such/file",
                        "schema.registry.ssl.truststore.password",
                        "s3cret"))
                .withMessageStartingWith("schema.registry.ssl.*: ")
                .withMessageContaining("/no/such/file")
                .matches(e -> !e.getMessage().contains("s3cret"));
    }

    private static Optional<RestSchemaRegistry.Settings> parse(Map<String, String> properties) {
        return new RegistryProperties(KafkaSettings.of(properties)).parse();
    }

    private static RestSchemaRegistry.Settings registry(String... properties) {
        Map<String, String> map = new HashMap<>();
        for (int i = 0; i < properties.length; i += 2) {
            map.put(properties[i], properties[i + 1]);
        }
        return parse(map).orElseThrow();
    }

    private static void assertRefused(String message, String... properties) {
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> registry(properties))
                .withMessage(message);
    }
}
