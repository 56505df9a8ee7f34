package dev.inkstream.app.origin;

import dev.inkstream.evaluator.HoldoutScorer;
import dev.inkstream.network.Network;
import dev.inkstream.record.HoldoutEvidence.Paired;
import dev.inkstream.record.ModelVersion;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Finds the largest significant fall of holdout accuracy among versions that come one after the other. It keeps three
/// networks at most, however many versions there are. Not thread-safe.
final class Fall {
    private final double significance;
    private @Nullable Scored best;
    private @Nullable Scored before;
    private @Nullable Scored firstWorse;
    private @Nullable Found found;

    /// A version and how it did.
    record Scored(ModelVersion id, long lastOffset, Network network, HoldoutScorer scorer) {
        double accuracy() {
            return (double) scorer.correct() / scorer.examples();
        }
    }

    /// A fall. Immutable.
    ///
    /// @param best the best version before it
    /// @param good the last version that is not significantly worse than the best
    /// @param firstWorse the first version that is, and after which all are
    /// @param worst the version with the lowest accuracy after it
    /// @param paired the worst against the best
    record Found(Scored best, Scored good, Scored firstWorse, Scored worst, Paired paired) {
        private int lost() {
            return best.scorer().correct() - worst.scorer().correct();
        }
    }

    /// @param significance the probability of a difference by chance below which a version is worse
    Fall(double significance) {
        this.significance = significance;
    }

    /// The next version.
    void add(Scored version) {
        if (best == null || version.scorer().correct() >= best.scorer().correct()) {
            best = version;
            firstWorse = null;
        } else {
            compare(best, version);
        }
        if (firstWorse == null) {
            before = version;
        }
    }

    private void compare(Scored best, Scored version) {
        Paired paired = version.scorer().against(best.scorer(), best.id().version());
        if (paired.worse() >= significance) {
            firstWorse = null; // What fell before has recovered: it is not this fall's beginning.
            return;
        }
        if (firstWorse == null) {
            firstWorse = version;
        }
        Found here = new Found(best, before == null ? best : before, firstWorse, version, paired);
        if (found == null || here.lost() > found.lost()) {
            found = here;
        }
    }

    /// Empty if no version is significantly worse than one before it.
    Optional<Found> found() {
        return Optional.ofNullable(found);
    }
}
