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
/// @param offset of the snapshot in `weight-snapshots`
record Contender(WeightSnapshot snapshot, long offset, Network network) {
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
        return new ModelDecision.Subject(id(), OptionalLong.of(offset));
    }

    boolean is(Contender other) {
        return id().equals(other.id());
    }
}
