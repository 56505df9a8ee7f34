package dev.inkstream.app.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.inkstream.app.console.UsageException;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExclusionLineTest {
    /// A producer may send any text as a key.
    @ParameterizedTest
    @ValueSource(strings = {"a", "a\tb", "a\t7", "a\r\nb", "\\\\", "\\\\t", "\\\\\\\\n\t", " \u2028 \u00e4"})
    void anyIdComesBack(String id) {
        for (OptionalLong offset : new OptionalLong[] {OptionalLong.empty(), OptionalLong.of(12)}) {
            ExclusionLine line = new ExclusionLine(id, offset);
            assertThat(line.text()).doesNotContain("\n").doesNotContain("\r");
            assertThat(ExclusionLine.parse("file", line.text())).isEqualTo(line);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\t5", "a\t", "a\tb", "a\t5\t6", "a\t-1", "a\\", "a\\x", "a\t1234567890123456789"})
    void otherLinesAreRefused(String line) {
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> ExclusionLine.parse("file, line 3", line))
                .withMessageStartingWith("file, line 3 is '")
                .withMessageEndingWith("'; it must be an image id, or an image id, a tab and an offset");
    }

    @Test
    void idsAreReadable() {
        assertThat(new ExclusionLine("training-5", OptionalLong.of(5)).text()).isEqualTo("training-5\t5");
    }
}
