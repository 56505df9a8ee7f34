package dev.inkstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a person reads is plain technical English, as in Apache Kafka's documentation: a named actor and a verb of the
/// field, without words that have to be read twice or looked up.
class VoiceTest {
    private static final Pattern WORDS = Pattern.compile(
            "\\b(tell|tells|telling|told|lets? in|(is|are|was|were|be|been|being)( \\w+)? put|go(es)? on|went on|going on"
                    + "|ha(s|ve|d) it|mend(s|ed|ing)?|anew|whoever|lest|shall|(hold|holds|held|holding)( \\w+){0,3} against"
                    + "|where there (is|are) (none|no)|no news|thereby|hitherto|thereof|whence|ought)\\b"
                    // As a part of an identifier.
                    + "|(?-i:\\b(tells?|told|mend(ed)?)(?=[A-Z])|\\w(Tells?|Told|Mended)\\b)",
            Pattern.CASE_INSENSITIVE);

    /// What a person reads: files, and folders with all that is in them. Of sources that is all: comments, identifiers
    /// and messages.
    private static final List<Path> TEXTS = Stream.of(
                    "README.md",
                    "CHANGELOG.md",
                    "CONTRIBUTING.md",
                    "docs",
                    "schemas",
                    "src/main/avro",
                    "grafana",
                    "prometheus",
                    "docker-compose.yml",
                    "Dockerfile",
                    "docker",
                    "examples",
                    "inkstream",
                    "pom.xml",
                    ".ci",
                    ".github",
                    "src/bench",
                    "src/build",
                    "src/main/java",
                    "src/test/java")
            .map(Path::of)
            .toList();

    /// Literals that are broken over two lines.
    @Test
    void messagesAndHelp() throws IOException {
        assertThat(Literals.matching(WORDS)).isEmpty();
    }

    @Test
    void textFiles() throws IOException {
        for (Path text : TEXTS) {
            try (Stream<Path> files = Files.walk(text)) {
                assertThat(files.filter(Files::isRegularFile)
                                .filter(file -> !file.endsWith("VoiceTest.java"))
                                .flatMap(VoiceTest::unwanted))
                        .isEmpty();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "The drift is told.",
                "its log tells",
                "a record is let in",
                "the weights are put there",
                "Serving goes on.",
                "as ADR 5 has it",
                "mend the labels",
                "it learns anew",
                "Whoever reads this",
                "lest it fail",
                "it shall stop",
                "is held against the labels",
                "0 where there is none",
                "the counts are last put there",
                "it holds what they are against the list",
                "private int epochsTold;",
                "tellDrift(event)"
            })
    void aRejectedWordIsFound(String sentence) {
        assertThat(sentence).containsPattern(WORDS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "The evaluator reports drift.",
                "records are appended",
                "recommend",
                "a marshalled value",
                "it has its own",
                "a teller of mendacity"
            })
    void anOrdinaryWordIsNot(String sentence) {
        assertThat(sentence).doesNotContainPattern(WORDS);
    }

    /// Each match with some words around it. A line's end is a blank, so that it hides no phrase.
    private static Stream<String> unwanted(Path file) {
        String text = read(file).replaceAll("[\\s#/|*]+", " ");
        return WORDS.matcher(text)
                .results()
                .map(match -> file + ": ..."
                        + text.substring(Math.max(0, match.start() - 40), Math.min(text.length(), match.end() + 20))
                        + "...");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
