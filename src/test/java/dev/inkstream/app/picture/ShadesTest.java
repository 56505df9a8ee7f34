package dev.inkstream.app.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ShadesTest {
    @Test
    void arePlainWhereColorIsNotAllowed() {
        assertThat(Shades.of(Map.of("TERM", "xterm", "COLORTERM", "truecolor"), false))
                .isEqualTo(Shades.PLAIN);
        assertThat(Shades.of(Map.of("TERM", "xterm", "NO_COLOR", "1"), true)).isEqualTo(Shades.PLAIN);
        assertThat(Shades.of(Map.of("TERM", "dumb"), true)).isEqualTo(Shades.PLAIN);
        assertThat(Shades.of(Map.of(), true)).isEqualTo(Shades.PLAIN);
    }

    @Test
    void areAsManyAsTheTerminalHas() {
        assertThat(Shades.of(Map.of("TERM", "xterm"), true)).isEqualTo(Shades.ANSI_256);
        assertThat(Shades.of(Map.of("TERM", "xterm", "NO_COLOR", ""), true)).isEqualTo(Shades.ANSI_256);
        assertThat(Shades.of(Map.of("TERM", "xterm", "COLORTERM", "truecolor"), true))
                .isEqualTo(Shades.TRUE_COLOR);
        assertThat(Shades.of(Map.of("TERM", "xterm", "COLORTERM", "24bit"), true))
                .isEqualTo(Shades.TRUE_COLOR);
    }
}
