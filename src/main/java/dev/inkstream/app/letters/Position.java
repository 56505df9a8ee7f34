package dev.inkstream.app.letters;

import dev.inkstream.app.console.UsageException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where a dead letter is on `dead-letters`. Immutable.
record Position(int partition, long offset) {
    private static final Pattern FORM = Pattern.compile("(?:(\\d{1,6})@)?(\\d{1,18})");

    /// Reads `17`, which is in partition 0, or `2@17`.
    ///
    /// @throws UsageException if it is neither
    static Position parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw UsageException.of("OFFSET", text, "an offset of dead-letters like 17, or 2@17 in partition 2");
        }
        return new Position(form.group(1) == null ? 0 : Integer.parseInt(form.group(1)), Long.parseLong(form.group(2)));
    }

    @Override
    public String toString() {
        return partition + "@" + offset;
    }
}
