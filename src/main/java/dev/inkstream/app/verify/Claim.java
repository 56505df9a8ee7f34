package dev.inkstream.app.verify;

import dev.inkstream.record.ModelVersion;
import dev.inkstream.record.Provenance;
import dev.inkstream.record.TrainingProgress;
import dev.inkstream.record.WeightSnapshot;
import dev.inkstream.record.WeightSnapshot.Layers;

/// What a record of `weight-snapshots` says of one version, without its parameters. Immutable.
///
/// @param at the record's offset
/// @param training preset, seed and hyperparameters as one line
/// @param provenance where it comes from besides
public record Claim(
        long at, ModelVersion id, Layers layers, TrainingProgress progress, String training, Provenance provenance) {
    public static Claim of(long at, WeightSnapshot snapshot) {
        return new Claim(
                at, snapshot.id(), snapshot.layers(), snapshot.progress(), snapshot.training(), snapshot.provenance());
    }

    /// Its number.
    public long version() {
        return id.version();
    }

    /// Offset in `labeled-images` of the last example; -1 if there was none.
    public long lastOffset() {
        return progress.lastOffset();
    }

    /// Labeled images trained on.
    public long examples() {
        return progress.examples();
    }
}
