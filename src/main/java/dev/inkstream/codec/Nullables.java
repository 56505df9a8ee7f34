package dev.inkstream.codec;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Unions of `null` and `long`, which Avro gives as an object or null.
final class Nullables {
    private Nullables() {}

    static OptionalLong optional(@Nullable Long value) {
        return value == null ? OptionalLong.empty() : OptionalLong.of(value);
    }

    static @Nullable Long orNull(OptionalLong value) {
        return value.isPresent() ? value.getAsLong() : null;
    }
}
