package dev.inkstream.app.verify;

import dev.inkstream.record.Sha256;
import org.jspecify.annotations.Nullable;

/// Something that a verification found out about versions of a model. Immutable.
///
/// @param first the first version it is about; -1 if the record does not say
/// @param last the last one
/// @param sentence what is so, without a period
/// @param difference null unless the weights of a version are others
record Finding(
        Kind kind,
        long first,
        long last,
        String sentence,
        @Nullable Difference difference) {

    /// What was found.
    enum Kind {
        /// The log gives something else.
        DIFFERENT(true),
        /// The record cannot be used.
        UNREADABLE(true),
        /// There is no record of a version between others, or before them.
        MISSING(true),
        /// What is needed to train it again is gone.
        UNVERIFIABLE(true),
        /// The model was trained from its initial weights once more.
        STARTED_AGAIN(false);

        private final boolean fault;

        Kind(boolean fault) {
            this.fault = fault;
        }
    }

    /// Two digests of the weights of one version.
    ///
    /// @param firstOffset of the records in `labeled-images` after the version before
    /// @param lastOffset of the version
    /// @param published what its snapshot has
    /// @param computed what the log gives
    record Difference(long firstOffset, long lastOffset, Sha256 published, Sha256 computed) {}

    static Finding of(Kind kind, long first, long last, String sentence) {
        return new Finding(kind, first, last, sentence, null);
    }

    /// Whether something is wrong.
    boolean isFault() {
        return kind.fault;
    }

    /// `version 3`, `versions 3 to 5`.
    static String versions(long first, long last) {
        return first == last ? "version " + first : "versions " + first + " to " + last;
    }
}
