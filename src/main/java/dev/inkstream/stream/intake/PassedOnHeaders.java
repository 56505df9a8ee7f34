package dev.inkstream.stream.intake;

import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/// The headers of a record for the one that follows from it. Stateless.
public final class PassedOnHeaders {
    private PassedOnHeaders() {}

    /// @return null if there are none: a record copies its headers, and null takes less memory than a copy of none
    public static @Nullable Headers of(Headers headers) {
        return headers.toArray().length == 0 ? null : headers;
    }
}
