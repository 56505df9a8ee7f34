package dev.inkstream.app.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.inkstream.app.console.PointInTime;
import dev.inkstream.app.console.UsageException;
import dev.inkstream.app.console.UserException;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Versions, aliases, times and people, as they are given and named.
class VersionNameTest {
    private static final Map<String, Long> ALIASES = new TreeMap<>(Map.of("champion", 3L, "bad\n", 4L));

    @Test
    void isANumberOrAnAlias() {
        assertThat(VersionName.of("N", "7").number("digits", Map.of())).isEqualTo(7);
        assertThat(VersionName.of("N", "v0").number("digits", Map.of())).isZero();
        assertThat(VersionName.of("N", "champion").isAlias()).isTrue();
        assertThat(VersionName.of("N", "champion").number("digits", ALIASES)).isEqualTo(3);
        assertThatThrownBy(() -> VersionName.of("N", "loser").number("digits", ALIASES))
                .isInstanceOf(UserException.class)
                .hasMessage(
                        "N is 'loser'; it must be a version, or an alias of model digits, which has bad\ufffd, champion");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "7x", "1234567890123456789", "a b", "a/b", "a\u001b"})
    void nothingElseIsOne(String text) {
        assertThatThrownBy(() -> VersionName.of("N", text))
                .isInstanceOf(UsageException.class)
                .hasMessage("N is '%s'; it must be a version, like 7 or v7, or an alias"
                        .formatted(text.replace('\u001b', '\ufffd')));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "7", "v7", "a b", "-x"})
    void anAliasIsNoNumber(String text) {
        assertThatThrownBy(() -> VersionName.alias(text))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith("NAME is '" + text + "'; it must be a letter, then up to 59 letters, ");
        assertThat(VersionName.alias("v7-canary")).isEqualTo("v7-canary");
    }

    @Test
    void timesArePointsOrAgo() {
        Instant now = Instant.parse("2026-11-26T10:00:00Z");

        assertThat(PointInTime.of("--at", "2026-11-26T09:30:00Z", now)).isEqualTo("2026-11-26T09:30:00Z");
        assertThat(PointInTime.of("--at", "2026-11-26T10:30:00+01:00", now)).isEqualTo("2026-11-26T09:30:00Z");
        assertThat(PointInTime.of("--at", "30m", now)).isEqualTo("2026-11-26T09:30:00Z");
        assertThatThrownBy(() -> PointInTime.of("--at", "yesterday", now))
                .isInstanceOf(UsageException.class)
                .hasMessage(
                        "--at is 'yesterday'; it must be a time like 2026-11-26T09:30:00Z, or how long ago, like 10m");
    }
}
