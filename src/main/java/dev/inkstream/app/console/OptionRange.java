package dev.inkstream.app.console;

import java.time.Duration;

/// The whole numbers that an option takes. Immutable.
///
/// @param option as it is written
public record OptionRange(String option, long least, long most) {
    /// A range without upper bound.
    public static OptionRange from(String option, long least) {
        return new OptionRange(option, least, Long.MAX_VALUE);
    }

    /// The value, if it is in the range.
    ///
    /// @throws UsageException if it is not
    public long check(long value) {
        if (value < least || value > most) {
            throw UsageException.of(option, value, most == Long.MAX_VALUE ? least + " or more" : least + " to " + most);
        }
        return value;
    }

    /// Checks that a duration is positive.
    ///
    /// @throws UsageException if it is not
    public static Duration checkPositive(String option, Duration value) {
        if (!value.isPositive()) {
            throw new UsageException("%s is 0; it must be 1ms or more".formatted(option));
        }
        return value;
    }
}
