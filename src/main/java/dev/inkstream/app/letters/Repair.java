package dev.inkstream.app.letters;

import dev.inkstream.app.letters.DeadLetter.Content;
import org.jspecify.annotations.Nullable;

/// What replaces parts of a record. Immutable; the arrays are owned by it.
///
/// @param key null: the key is left as it is
/// @param value null: the value is left as it is
record Repair(byte @Nullable [] key, byte @Nullable [] value) {
    static final Repair NONE = new Repair(null, null);

    /// The content with its repaired parts.
    Content of(Content content) {
        return new Content(key == null ? content.key() : key, value == null ? content.value() : value);
    }

    boolean hasKey() {
        return key != null;
    }

    boolean hasValue() {
        return value != null;
    }
}
