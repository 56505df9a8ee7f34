package dev.inkstream.app.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpellingTest {
    @ParameterizedTest
    @CsvSource({"port,port,0", "prot,port,1", "por,port,1", "pport,port,1", "pork,port,1", "'',abc,3", "ab,ba,1"})
    void countsChanges(String from, String to, int changes) {
        assertThat(Spelling.changes(from, to)).isEqualTo(changes);
        assertThat(Spelling.changes(to, from)).isEqualTo(changes);
    }

    @Test
    void findsTheNearest() {
        assertThat(Spelling.nearest("--prot", Stream.of("--preset", "--port", "--rate")))
                .contains("--port");
        assertThat(Spelling.nearest("--xyzzy", Stream.of("--preset", "--port"))).isEmpty();
    }
}
