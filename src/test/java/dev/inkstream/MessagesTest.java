package dev.inkstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// What a person got wrong is said in one grammar: `<what> is <value>; it must be <range or form>`.
class MessagesTest {
    /// Grammars that the one replaced.
    private static final Pattern OTHER_GRAMMARS = Pattern.compile(
            "must be [^;]*, not |, must (be|have) | must be (%s|at least \\d+), was |, was $|, expected |this model (takes|knows)"
                    + "|must be at least $|is (empty|negative)$|has a (negative|space)[^;]*$|, but it \\w+ at $");

    @Test
    void whatIsWrongIsSaidInOneGrammar() throws IOException {
        assertThat(Literals.matching(OTHER_GRAMMARS)).isEmpty();
    }
}
