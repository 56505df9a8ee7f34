package dev.inkstream.app.verify;

import dev.inkstream.app.console.UsageException;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A line of a file that names records: an image id, or an image id, a tab and the offset of the one record that is
/// meant. In the id, which is what a producer made it, a backslash, a tab, a line feed and a carriage return are written
/// as `\\`, `\t`, `\n` and `\r`. Immutable.
public record ExclusionLine(String imageId, OptionalLong offset) {
    private static final Pattern LINE = Pattern.compile("((?:[^\\\\\t\n\r]|\\\\[\\\\tnr])+)(?:\t(\\d{1,18}))?");
    private static final Pattern ESCAPE = Pattern.compile("\\\\(.)");

    /// @param where names file and line in messages
    /// @throws UsageException if it is none
    static ExclusionLine parse(String where, String line) {
        Matcher parts = LINE.matcher(line);
        if (!parts.matches()) {
            throw UsageException.of(where, line, "an image id, or an image id, a tab and an offset");
        }
        String offset = parts.group(2);
        return new ExclusionLine(
                ESCAPE.matcher(parts.group(1)).replaceAll(match -> Matcher.quoteReplacement(plain(match.group(1)))),
                offset == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(offset)));
    }

    private static String plain(String escaped) {
        return switch (escaped) {
            case "t" -> "\t";
            case "n" -> "\n";
            case "r" -> "\r";
            default -> escaped;
        };
    }

    /// Without a line's end.
    public String text() {
        String id = imageId.replace("\\", "\\\\")
                .replace("\t", "\\t")
                .replace("\n", "\\n")
                .replace("\r", "\\r");
        return offset.isPresent() ? id + "\t" + offset.getAsLong() : id;
    }
}
