package dev.inkstream.app.role;

import dev.inkstream.stream.guard.OffsetSource;

/// Where an instance resumes if its group's offsets do not say so alone. Immutable.
///
/// @param source which offsets count if the group's are behind those that a committed transaction reached
/// @param latest whether a classifier whose group has never committed starts with the images that come from now on
public record StartOffsets(OffsetSource source, boolean latest) {
    /// Nothing is processed twice; a new model classifies all images that are kept.
    public static final StartOffsets USUAL = new StartOffsets(OffsetSource.GUARD, false);
}
