package dev.inkstream.app.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TerminalWidthTest {
    @ParameterizedTest
    @CsvSource({"133, 133", "20, 20", "19, 20", "1, 20", "0, 80", "-1, 80"})
    void isAtLeastTwentyAndEightyIfUnknown(int reported, int width) {
        assertThat(new TerminalWidth(() -> reported).getAsInt()).isEqualTo(width);
    }

    @Test
    void asksOnceAndOnlyIfNeeded() {
        AtomicInteger asked = new AtomicInteger();
        TerminalWidth width = new TerminalWidth(() -> 100 + asked.incrementAndGet());
        assertThat(asked).hasValue(0);
        assertThat(width.getAsInt()).isEqualTo(101);
        assertThat(width.getAsInt()).isEqualTo(101);
    }
}
