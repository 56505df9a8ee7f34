package dev.inkstream.evaluator;

import java.util.Optional;

/// Finds a version by its number.
@FunctionalInterface
interface Versions {
    /// @return empty if it was never published, or is gone
    Optional<Contender> find(long version);
}
