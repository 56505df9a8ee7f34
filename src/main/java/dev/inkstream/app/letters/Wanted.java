package dev.inkstream.app.letters;

import java.util.Set;
import java.util.stream.Collectors;

/// Which dead letters a run is about. Immutable.
///
/// @param records if not empty: by [Identity#hash()] the records that were named, with all of their dead letters
record Wanted(Selection selection, Set<Long> records) {
    static Wanted all(Selection selection) {
        return new Wanted(selection, Set.of());
    }

    /// All dead letters of the records that some dead letters are of.
    static Wanted of(Selection selection, Iterable<DeadLetter> letters) {
        return new Wanted(
                selection,
                java.util.stream.StreamSupport.stream(letters.spliterator(), false)
                        .map(letter -> Identity.of(letter).hash())
                        .collect(Collectors.toUnmodifiableSet()));
    }

    boolean includes(DeadLetter letter, Identity identity) {
        return records.isEmpty() ? selection.includes(letter) : records.contains(identity.hash());
    }

    /// Whether records that return on request alone are asked for.
    boolean asks() {
        return !records.isEmpty() || selection.namesReason();
    }
}
