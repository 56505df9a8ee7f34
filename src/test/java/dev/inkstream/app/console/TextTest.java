package dev.inkstream.app.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TextTest {
    @Test
    void numbersAreWrittenTheSameEverywhere() {
        assertThat(Text.count(60_000)).isEqualTo("60,000");
        assertThat(Text.count(1, "image")).isEqualTo("1 image");
        assertThat(Text.count(0, "image")).isEqualTo("0 images");
        assertThat(Text.percent(0.98345)).isEqualTo("98.3 %");
        assertThat(Text.percent(Double.NaN)).isEqualTo("-");
        assertThat(Text.decimals(0.15, 4)).isEqualTo("0.1500");
    }

    @Test
    void whatSteersATerminalIsReplaced() {
        assertThat(Text.printable("größe 1")).isEqualTo("größe 1");
        assertThat(Text.printable("a\r\u009b1m")).isEqualTo("a\ufffd\ufffd1m");
    }

    @Test
    void jsonIsAsciiAndReadsBack() throws Exception {
        String text = "größe \ud83d\ude00 \u2028\n";

        String json = Json.line(Json.object().put("text", text));

        assertThat(json).isASCII().doesNotContain("\n");
        assertThat(new ObjectMapper().readTree(json).path("text").asText()).isEqualTo(text);
    }

    @Test
    void times() {
        assertThat(Text.time(Duration.ofSeconds(90))).isEqualTo("90 s");
        assertThat(Text.time(Duration.ofMillis(1_500))).isEqualTo("1500 ms");
        assertThat(Text.age(Duration.ofSeconds(-5))).isEqualTo("0 s");
        assertThat(Text.age(Duration.ofMillis(59_999))).isEqualTo("59 s");
        assertThat(Text.age(Duration.ofMinutes(1))).isEqualTo("1 min");
        assertThat(Text.age(Duration.ofHours(1))).isEqualTo("1 h");
        assertThat(Text.age(Duration.ofDays(1_000))).isEqualTo("1,000 d");
    }

    @Test
    void cut() {
        assertThat(Text.cut("abcd", 4)).isEqualTo("abcd");
        assertThat(Text.cut("abcde", 4)).isEqualTo("a...");
    }
}
