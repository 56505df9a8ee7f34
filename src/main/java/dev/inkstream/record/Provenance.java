package dev.inkstream.record;

import java.util.Optional;
import java.util.OptionalLong;

/// Where a version comes from, besides its settings and the log. Immutable. The digest of a version covers none of it.
///
/// @param firstOffset offset in `labeled-images` of the first record that the trainer was given; empty before it, and
///     for versions of builds that did not note it
/// @param parent digest of the version before, from which it was trained; empty for a first version
/// @param publisher who wrote it; empty for versions of builds that did not say so
/// @param source what a version was made from that no trainer published, in one line
public record Provenance(
        OptionalLong firstOffset, Optional<Sha256> parent, Optional<Publisher> publisher, Optional<String> source) {
    /// The longest source in characters.
    public static final int MAX_CHARACTERS = 1_000;

    private static final Provenance UNKNOWN =
            new Provenance(OptionalLong.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /// @throws InvalidRecordException if the offset is negative or the source too long
    public Provenance {
        if (firstOffset.isPresent() && firstOffset.getAsLong() < 0) {
            throw new InvalidRecordException(
                    RejectReason.BAD_SNAPSHOT, "first offset is " + firstOffset.getAsLong() + "; it must be 0 or more");
        }
        if (source.isPresent() && source.get().length() > MAX_CHARACTERS) {
            throw new InvalidRecordException(
                    RejectReason.BAD_SNAPSHOT,
                    "source has " + source.get().length() + " characters; it must have at most " + MAX_CHARACTERS);
        }
    }

    /// Of a version that says nothing about it.
    public static Provenance unknown() {
        return UNKNOWN;
    }

    /// Of a version that a trainer made.
    public static Provenance trained(OptionalLong firstOffset, Optional<Sha256> parent) {
        return new Provenance(firstOffset, parent, Optional.empty(), Optional.empty());
    }

    /// The same, written by somebody.
    public Provenance publishedBy(Publisher who) {
        return new Provenance(firstOffset, parent, Optional.of(who), source);
    }

    /// The same, made by an operator.
    public Provenance madeFrom(String what) {
        return new Provenance(firstOffset, parent, publisher, Optional.of(what));
    }
}
