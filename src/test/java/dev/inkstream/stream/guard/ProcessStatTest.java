package dev.inkstream.stream.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProcessStatTest {
    /// As Linux writes it.
    private static final String LINE = "3759 (%s) %s 3743 3743 30890 0 -1 4194304 100 0 0 0 0 0 0 0 20 0 %s 0 6866163"
            + " 3133440 350 18446744073709551615 1 1 0 0 0 0 0 0 0 0 0 0 17 1 0 0 0 0 0\n";

    @ParameterizedTest
    @ValueSource(strings = {"java", "a b", "x) R 1 (y", ") Z ", ""})
    void theNameOfTheProgramMayBeAnything(String name) throws IOException {
        assertThat(ProcessStat.parse(LINE.formatted(name, "S", "31")))
                .isEqualTo(new ProcessStat(3759, 'S', 31, 6866163));
    }

    @ParameterizedTest
    @CsvSource({
        "R, 31, false",
        "S, 1, false",
        "T, 1, false",
        "t, 1, false",
        "D, 1, false",
        "Z, 1, true",
        "X, 0, true",
        "Z, 2, false"
    })
    void hasEndedOnceNoThreadIsLeft(String state, String threads, boolean ended) throws IOException {
        assertThat(ProcessStat.parse(LINE.formatted("java", state, threads)).hasEnded())
                .isEqualTo(ended);
    }

    @Test
    void anotherLineIsAFailure() {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> ProcessStat.parse("1 (java) S 2"))
                .withMessage("the line of a process is '1 (java) S 2'; it must have 22 fields or more");
        String line = LINE.formatted("java", "S", "many");
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> ProcessStat.parse(line))
                .withMessage("the line of a process is '" + line.strip() + "'; it must have numbers");
    }
}
