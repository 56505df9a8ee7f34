package dev.inkstream.app.process;

import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// Finds the sentence that a process ended with in what it printed. Stateless.
final class LastWords {
    static final String NONE = "it printed nothing";

    /// A command prints the sentence; a role logs it.
    private static final Pattern SENTENCE =
            Pattern.compile("(?m)^(?:inkstream: |\\S+ ERROR \\S*Failures - )(.*\\S)\\s*$");

    /// No frame of a stack trace.
    private static final Pattern LINE = Pattern.compile("(?m)^(?!\\s+(?:at |\\.\\.\\. ))\\s*(\\S.*?)\\s*$");

    private LastWords() {}

    /// The last sentence about a failure, else the last line, without a full stop.
    static String of(String printed) {
        return last(SENTENCE, printed, last(LINE, printed, NONE)).replaceFirst("\\.$", "");
    }

    private static String last(Pattern pattern, String printed, String otherwise) {
        return pattern.matcher(printed)
                .results()
                .reduce((first, second) -> second)
                .map((MatchResult match) -> match.group(1))
                .orElse(otherwise);
    }
}
