package dev.inkstream.evaluator;

import dev.inkstream.network.Network;
import dev.inkstream.record.ModelDecision;
import dev.inkstream.record.ModelVersion;
import dev.inkstream.record.WeightSnapshot;
import dev.inkstream.stream.ImageFormat;
import dev.inkstream.stream.Snapshots;
import java.util.OptionalLong;

/// A version that serves, may serve, or has served. Immutable.
///
/// @param offset of the snapshot in `weight-snapshots`; [#UNKNOWN_OFFSET] if no decision says it
record Contender(WeightSnapshot snapshot, long offset, Network network) {
    /// Of a version that was found on `serving-weights` alone.
    static final long UNKNOWN_OFFSET = -1;

    /// @throws dev.inkstream.record.InvalidRecordException if the snapshot cannot be used
    static Contender of(WeightSnapshot snapshot, long offset, ImageFormat format) {
        return new Contender(snapshot, offset, Snapshots.network(snapshot, format));
    }

    ModelVersion id() {
        return snapshot.id();
    }

    long version() {
        return snapshot.id().version();
    }

    ModelDecision.Subject subject() {
        return new ModelDecision.Subject(
                id(), offset == UNKNOWN_OFFSET ? OptionalLong.empty() : OptionalLong.of(offset));
    }

    /// The same version, of which a decision says where it is.
    Contender at(OptionalLong known) {
        return new Contender(snapshot, known.orElse(UNKNOWN_OFFSET), network);
    }

    boolean is(Contender other) {
        return id().equals(other.id());
    }
}
