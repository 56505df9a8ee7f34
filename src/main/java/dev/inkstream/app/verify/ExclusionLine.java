package dev.inkstream.app.verify;

import dev.inkstream.app.console.UsageException;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/// A line of a file that names records: an image id, or an image id, a tab and the offset of the one record that is
/// meant. In the id, a backslash, a tab, a line feed and a carriage return are written as `\\`, `\t`, `\n` and `\r`.
/// Immutable.
public record ExclusionLine(String imageId, OptionalLong offset) {
    private static final Pattern OFFSET = Pattern.compile("\\d{1,18}");

    /// @param where names file and line in messages
    /// @throws UsageException if it is none
    static ExclusionLine parse(String where, String line) {
        int tab = line.indexOf('\t');
        String offset = tab < 0 ? "0" : line.substring(tab + 1);
        String id = plain(tab < 0 ? line : line.substring(0, tab));
        if (id.isEmpty() || !OFFSET.matcher(offset).matches()) {
            throw UsageException.of(where, line, "an image id, or an image id, a tab and an offset");
        }
        return new ExclusionLine(id, tab < 0 ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(offset)));
    }

    /// @return empty if it is no id as [#text()] writes it
    private static String plain(String escaped) {
        StringBuilder plain = new StringBuilder(escaped.length());
        for (int i = 0; i < escaped.length(); i++) {
            char c = escaped.charAt(i);
            if (c == '\\') {
                i++;
                c = i < escaped.length() ? meant(escaped.charAt(i)) : 0;
            } else if (c == '\r' || c == '\n') {
                c = 0;
            }
            if (c == 0) {
                return "";
            }
            plain.append(c);
        }
        return plain.toString();
    }

    /// @return 0 if nothing is written so
    private static char meant(char escaped) {
        return switch (escaped) {
            case '\\' -> '\\';
            case 't' -> '\t';
            case 'n' -> '\n';
            case 'r' -> '\r';
            default -> 0;
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
