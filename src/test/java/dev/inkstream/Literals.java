package dev.inkstream;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The string literals of the main code, without those in comments: messages, log lines and help texts.
final class Literals {
    private static final Path SOURCES = Path.of("src/main/java");
    private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern COMMENT = Pattern.compile("(?m)^\\s*//.*$");
    private static final Pattern PARTED = Pattern.compile("(?<!\\\\)\"\\s*\\+\\s*\"");

    private Literals() {}

    /// Each literal that contains a match, with the name of its file.
    static List<String> matching(Pattern pattern) throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(path -> path.toString().endsWith(".java"))
                    .flatMap(Literals::of)
                    .filter(literal -> pattern.matcher(literal.text).find())
                    .map(literal -> literal.file + ": " + literal.text)
                    .toList();
        }
    }

    /// Literals that a `+` alone separates are one.
    private static Stream<Literal> of(Path file) {
        String code = COMMENT.matcher(read(file)).replaceAll("");
        String joined = PARTED.matcher(code).replaceAll("");
        return LITERAL.matcher(joined).results().map(result -> new Literal(file.getFileName(), result.group(1)));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Literal(Path file, String text) {}
}
