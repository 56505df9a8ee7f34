package dev.inkstream.monitoring;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A rule of `prometheus/alerts.yml`, which is written in one fixed way, so that this needs no YAML parser.
///
/// @param fields `for`, `severity`, `summary` and `description`
record AlertRule(String name, String expression, Map<String, String> fields) {
    static final Path FILE = Path.of("prometheus/alerts.yml");

    private static final Pattern RULE =
            Pattern.compile("(?m)^ {6}- alert: (\\w+)\\n((?:^ {8}.*\\n)+?)(?=^ {6}- |^ {2}- |\\n|\\z)");
    private static final Pattern EXPRESSION = Pattern.compile("(?m)^ {8}expr: (?:\\|\\n((?:^ {10}.*\\n)+)|(.+))");
    private static final Pattern FIELD =
            Pattern.compile("(?m)^ {8,10}(for|severity|summary|description): \"?(.+?)\"?$");

    static List<AlertRule> all() {
        try {
            return RULE.matcher(Files.readString(FILE))
                    .results()
                    .map(rule -> of(rule.group(1), rule.group(2)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static AlertRule of(String name, String body) {
        Matcher expression = EXPRESSION.matcher(body);
        if (!expression.find()) {
            throw new IllegalArgumentException(FILE + ": " + name + " has no expr that is laid out as the others'");
        }
        String text = expression.group(1) == null ? expression.group(2) : expression.group(1);
        return new AlertRule(
                name,
                text.strip(),
                FIELD.matcher(body)
                        .results()
                        .collect(Collectors.toMap((MatchResult field) -> field.group(1), field -> field.group(2))));
    }

    Query query() {
        return new Query("alert " + name, expression);
    }
}
