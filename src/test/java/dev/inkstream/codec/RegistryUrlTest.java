package dev.inkstream.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryUrlTest {
    private static final String RANGE = "it must be http:// or https:// with a host and, if needed, a port and a path";

    @ParameterizedTest
    @CsvSource({
        "http://registry:8081, http://registry:8081",
        "http://registry, http://registry",
        "HTTPS://registry:8081/, https://registry:8081",
        "https://registry/apis/ccompat/v7//, https://registry/apis/ccompat/v7",
        "http://10.0.0.1:8081, http://10.0.0.1:8081",
        "http://[::1]:8081/x, http://[::1]:8081/x",
        "http://registry/a b{c}, http://registry/a%20b%7Bc%7D",
        "http://registry/a%20b, http://registry/a%20b",
    })
    void anAddress(String text, String base) {
        RegistryUrl url = RegistryUrl.parse(text);
        assertThat(url.base()).isEqualTo(URI.create(base));
        assertThat(url.userInfo()).isEmpty();
        assertThat(url).hasToString(base);
    }

    @ParameterizedTest
    @CsvSource({
        "http://user:secret@registry:8081/x, user:secret",
        "http://us%40er:p%3Aw+%2F@registry:8081/x, us@er:p:w+/",
        "http://user:p@ss@registry:8081/x, user:p@ss",
        "http://user:@registry:8081/x, user:",
    })
    void userAndPassword(String text, String userInfo) {
        RegistryUrl url = RegistryUrl.parse(text);
        assertThat(url.userInfo()).contains(userInfo);
        assertThat(url.base()).isEqualTo(URI.create("http://registry:8081/x"));
        assertThat(url).hasToString("http://registry:8081/x");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "registry:8081",
                "ftp://registry",
                "http://",
                "http:///x",
                "http://registry:99999",
                "http://registry:0",
                "http://registry:80a1",
                "http://{registry}:8081",
                "http://reg istry:8081",
                "http://registry:8081?x=1",
                "http://registry:8081#x",
            })
    void whatIsNone(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RegistryUrl.parse(text))
                .withMessage("is '" + text + "'; " + RANGE);
    }

    @Test
    void aHostWithAnUnderscoreIsNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RegistryUrl.parse("http://schema_registry:8081"))
                .withMessage("is 'http://schema_registry:8081'; a host must not have '_' in its name: use another name"
                        + " of it, or its IP address");
    }

    @ParameterizedTest
    @CsvSource({
        "http://user:se/cret@registry, a '/' in a user or password must be written as %2F",
        "http://user:se%cret@registry, a '%' in a user or password must be written as %25",
        "http://user:secret@reg_istry, 'a host must not have ''_'' in its name: use another name of it, or its IP address'",
        "http://user:secret@registry?x, '" + RANGE + "'",
        "http://user:secret@, '" + RANGE + "'",
    })
    void aPasswordIsNeverShown(String text, String range) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RegistryUrl.parse(text))
                .withMessage("is 'http://***'; " + range)
                .withNoCause();
    }
}
