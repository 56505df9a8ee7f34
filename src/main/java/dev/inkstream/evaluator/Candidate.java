package dev.inkstream.evaluator;

import dev.inkstream.network.Network;
import dev.inkstream.record.WeightSnapshot;
import dev.inkstream.stream.Snapshots;
import java.util.Optional;

/// A version that was published. Immutable.
///
/// @param network empty if it is of another model, whose versions are not ours to judge, whatever their shape
record Candidate(WeightSnapshot snapshot, Optional<Network> network) {
    /// @throws dev.inkstream.record.InvalidRecordException if it is of our model and cannot be used
    static Candidate of(WeightSnapshot snapshot, EvaluatorSettings settings) {
        return new Candidate(
                snapshot,
                Optional.of(snapshot)
                        .filter(each -> each.id().model().equals(settings.model()))
                        .map(each -> Snapshots.network(each, settings.format())));
    }
}
