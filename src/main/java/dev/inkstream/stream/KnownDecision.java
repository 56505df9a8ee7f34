package dev.inkstream.stream;

import dev.inkstream.record.ModelVersion;
import java.util.Optional;
import java.util.OptionalLong;

/// The newest decision about a model that a reader of `serving-weights` knew when it started. It recognizes an old
/// record that was written again, even if compaction has removed the one that should serve. Immutable.
///
/// @param number on `model-decisions`; -1 if the reader knows none
/// @param serving what serves by it; empty if that is not known
/// @param shadow the number of the version that runs beside it
public record KnownDecision(long number, Optional<ModelVersion> serving, OptionalLong shadow) {
    /// Of a reader that looked at no decisions.
    public static final KnownDecision NONE = new KnownDecision(-1, Optional.empty(), OptionalLong.empty());

    /// Whether a version serves no more by what this decision says.
    ///
    /// @param decision that the record of the version names
    boolean replaces(long decision, ModelVersion version) {
        return decision <= number && !serving.map(version::equals).orElse(false);
    }

    /// The same of a shadow.
    boolean replacesShadow(long decision, ModelVersion version) {
        return decision <= number && (shadow.isEmpty() || shadow.getAsLong() != version.version());
    }
}
