package dev.inkstream.app.origin;

import dev.inkstream.app.origin.Fall.Scored;
import dev.inkstream.app.origin.OddRecords.Stretch;
import dev.inkstream.app.verify.Claim;
import dev.inkstream.evaluator.HoldoutScorer;
import dev.inkstream.network.DivergedException;
import dev.inkstream.network.Network;
import dev.inkstream.record.ModelVersion;
import dev.inkstream.record.WeightSnapshot;
import dev.inkstream.stream.Snapshots;
import dev.inkstream.trainer.LabeledExamples.Example;
import dev.inkstream.trainer.Training;
import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Trains a run again over a fall, to find the mini-batches after which accuracy fell, and the records there whose
/// labels the best version contradicts. Not thread-safe.
final class FallSearch {
    /// Holdout scorings between two versions.
    private static final int STEPS = 64;

    private final VersionRun run;
    private final HoldoutSet holdout;
    private final Fall.Found fall;
    private final double significance;
    private final Training training;
    private final OddRecords odd;
    private final long oddFrom;
    private final long step;
    private long miniBatches;
    private long lastGood;
    private long firstBad = -1;
    private @Nullable HoldoutScorer badScorer;

    /// @param oddFrom offset from which labels are compared: before the best version, which may have begun to learn
    ///     them
    FallSearch(VersionRun run, HoldoutSet holdout, Fall.Found fall, double significance, long oddFrom) {
        this.run = run;
        this.holdout = holdout;
        this.fall = fall;
        this.significance = significance;
        this.training = Training.start(run.settings());
        this.odd = new OddRecords(fall.best().network(), 1 - fall.best().accuracy());
        this.oddFrom = oddFrom;
        this.lastGood = fall.good().lastOffset();
        this.step = Math.max(
                1,
                (fall.firstWorse().lastOffset() - lastGood)
                        / run.settings().config().miniBatchSize()
                        / STEPS);
    }

    /// Reads the log to the last version of the run.
    void run() {
        long end =
                run.run().claims().stream().mapToLong(Claim::lastOffset).max().orElse(-1);
        run.start().read(run.log(), Math.min(end + 1, run.log().end()), this::take);
    }

    private void take(Example example) {
        if (example.offset() <= fall.firstWorse().lastOffset()) {
            train(example);
        }
        if (example.offset() >= oddFrom) {
            odd.add(example);
        }
    }

    private void train(Example example) {
        try {
            training.train(example.offset(), example.image());
        } catch (DivergedException e) {
            throw VersionRun.cannot(fall.firstWorse().id(), String.valueOf(e.getMessage()));
        }
        if (training.betweenMiniBatches()) {
            miniBatches++;
            boolean within = example.offset() > fall.good().lastOffset();
            if (within
                    && firstBad < 0
                    && (miniBatches % step == 0
                            || example.offset() == fall.firstWorse().lastOffset())) {
                score(example.offset());
            }
            if (example.offset() == fall.firstWorse().lastOffset()) {
                requireSame();
            }
        }
    }

    private void score(long offset) {
        WeightSnapshot here = training.snapshotAs(0);
        Network network = Snapshots.network(here);
        HoldoutScorer scorer = holdout.score(network);
        if (scorer.against(fall.best().scorer(), 0).worse() < significance) {
            firstBad = offset;
            badScorer = scorer;
        } else {
            lastGood = offset;
        }
    }

    private void requireSame() {
        Scored published = fall.firstWorse();
        if (!training.snapshotAs(0).id().weights().equals(published.id().weights())) {
            throw VersionRun.cannot(
                    published.id(), "the log gives other weights; see what 'inkstream models verify' says");
        }
    }

    /// The records between a mini-batch after which accuracy had not fallen and one after which it had.
    ///
    /// @param scorer of the latter
    record Narrowed(long firstOffset, long lastOffset, HoldoutScorer scorer) {}

    Narrowed narrowed() {
        return badScorer == null
                ? new Narrowed(
                        fall.good().lastOffset() + 1,
                        fall.firstWorse().lastOffset(),
                        fall.firstWorse().scorer())
                : new Narrowed(lastGood + 1, firstBad, badScorer);
    }

    /// The stretch of contradicted labels; empty if none stands out.
    Optional<Stretch> stretch() {
        return odd.stretch();
    }

    /// The first version that was trained on all of a stretch, which may end after the worst version.
    ModelVersion toRebuild(Stretch stretch) {
        return run.run().claims().stream()
                .filter(claim -> claim.lastOffset() >= stretch.last().offset())
                .min(Comparator.comparingLong(Claim::lastOffset))
                .map(Claim::id)
                .orElseThrow();
    }
}
