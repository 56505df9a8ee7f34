package dev.inkstream.app.bench;

import java.util.OptionalLong;

/// When the broker appended each record of a partition. One thread adds; others read after it has ended.
final class AppendTimes {
    private final long[] millis;

    /// @param count of the records, whose offsets begin with 0
    AppendTimes(long count) {
        millis = new long[Math.toIntExact(count)];
    }

    /// @param since1970 milliseconds, more than 0
    void add(long offset, long since1970) {
        millis[Math.toIntExact(offset)] = since1970;
    }

    /// Milliseconds since 1970; empty for a record that was not appended.
    OptionalLong at(long offset) {
        return offset < 0 || offset >= millis.length || millis[(int) offset] == 0
                ? OptionalLong.empty()
                : OptionalLong.of(millis[(int) offset]);
    }
}
