package dev.inkstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What the program prints keeps to plain technical English and to one grammar for what a person got wrong:
/// `<what> is <value>; it must be <range or form>`.
class MessagesTest {
    private static final Path SOURCES = Path.of("src/main/java");
    private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");

    private static final Pattern COMMENT = Pattern.compile("(?m)^\\s*//.*$");
    private static final Pattern PARTED = Pattern.compile("(?<!\\\\)\"\\s*\\+\\s*\"");

    /// Words that a reader has to look up or to read twice.
    private static final Pattern WORDS = Pattern.compile(
            "\\b(whoever|lest|shall|anew|is told|is let in|goes on|mend|hold against|where there is none)\\b",
            Pattern.CASE_INSENSITIVE);

    /// Grammars that the one replaced.
    private static final Pattern OTHER_GRAMMARS = Pattern.compile(
            "must be [^;]*, not |, must (be|have) | must be (%s|at least \\d+), was |, was $|, expected |this model (takes|knows)"
                    + "|must be at least $");

    @Test
    void noMessageHasARiddleInIt() throws IOException {
        assertThat(literals(WORDS)).isEmpty();
    }

    @Test
    void whatIsWrongIsSaidInOneGrammar() throws IOException {
        assertThat(literals(OTHER_GRAMMARS)).isEmpty();
    }

    private static List<String> literals(Pattern unwanted) throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                literals(Files.readString(file))
                        .filter(literal -> unwanted.matcher(literal).find())
                        .forEach(literal -> found.add(file.getFileName() + ": " + literal));
            }
        }
        return found;
    }

    /// The string literals outside comments. Those that only a line's end parts are one.
    private static Stream<String> literals(String source) {
        String code = COMMENT.matcher(source).replaceAll("");
        String joined = PARTED.matcher(code).replaceAll("");
        return LITERAL.matcher(joined).results().map(result -> result.group(1));
    }
}
