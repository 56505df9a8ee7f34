package dev.inkstream.app.console;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import picocli.CommandLine.TypeConversionException;

/// Reads points in time: `2026-11-26T09:30:00Z`, `2026-11-26T10:30:00+01:00`, or how long ago, such as `10m`.
public final class PointInTime {
    /// What it reads, as the end of a sentence.
    public static final String FORM = "a time like 2026-11-26T09:30:00Z, or how long ago, like 10m";

    private PointInTime() {}

    /// @param option as it is written
    /// @throws UsageException if it is neither
    public static Instant of(String option, String text, Instant now) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            return ago(option, text, now);
        }
    }

    private static Instant ago(String option, String text, Instant now) {
        try {
            return now.minus(new DurationConverter().convert(text));
        } catch (TypeConversionException e) {
            throw UsageException.of(option, text, FORM);
        }
    }
}
