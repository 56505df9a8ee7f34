package dev.inkstream.record;

import java.time.Instant;

/// The times that a record may have: those that the date types of common languages and Avro's logical types can hold.
public final class Times {
    /// The first moment of year 1.
    public static final Instant MIN = Instant.parse("0001-01-01T00:00:00Z");

    /// The last millisecond of year 9999.
    public static final Instant MAX = Instant.parse("9999-12-31T23:59:59.999Z");

    private Times() {}

    /// @param field name of the field in the schema
    /// @throws InvalidRecordException if the time is out of range
    static void check(String field, Instant time) {
        if (time.isBefore(MIN) || time.isAfter(MAX)) {
            throw new InvalidRecordException(
                    RejectReason.BAD_TIMESTAMP, field + " is " + time + "; it must be " + MIN + " to " + MAX);
        }
    }
}
