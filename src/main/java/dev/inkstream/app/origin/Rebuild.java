package dev.inkstream.app.origin;

import dev.inkstream.app.verify.Claim;
import dev.inkstream.app.verify.Exclusions;
import dev.inkstream.network.DivergedException;
import dev.inkstream.record.ModelVersion;
import dev.inkstream.record.WeightSnapshot;
import dev.inkstream.trainer.Beginning;
import dev.inkstream.trainer.LabeledExamples.Example;
import dev.inkstream.trainer.Training;
import java.util.ArrayList;
import java.util.List;

/// Trains a version again as if some records were not in the log. Not thread-safe.
final class Rebuild {
    private final VersionRun run;
    private final Exclusions exclusions;
    private final Training training;
    private final int miniBatch;
    private final List<Example> open = new ArrayList<>();
    private int trained;

    Rebuild(VersionRun run, Exclusions exclusions) {
        this.run = run;
        this.exclusions = exclusions;
        this.training = Training.start(run.settings());
        this.miniBatch = run.settings().config().miniBatchSize();
    }

    /// The version after the last whole mini-batch of what is left. Its settings say what it leaves out.
    ///
    /// @param version that is rebuilt
    /// @throws dev.inkstream.app.console.UserException if an id is not among the records, or training diverges
    WeightSnapshot of(ModelVersion version) {
        Claim claim = run.claim(version);
        try {
            run.start().read(run.log(), claim.lastOffset() + 1, this::add);
        } catch (DivergedException e) {
            throw VersionRun.cannot(version, String.valueOf(e.getMessage()));
        }
        exclusions.requireAll(version.toString());
        if (trained > 0) {
            throw VersionRun.cannot(version, "in its last mini-batch are records whose loss is not finite");
        }
        WeightSnapshot snapshot = training.snapshotAs(0);
        Training.Settings settings = run.settings()
                .with(run.settings().beginning().trainedBy(run.run().model()).without(leftOut(snapshot)));
        return snapshot.trainedWith(settings.describe());
    }

    private Beginning.Exclusion leftOut(WeightSnapshot snapshot) {
        return exclusions.met(
                snapshot.provenance().firstOffset().orElse(0),
                snapshot.progress().lastOffset());
    }

    private void add(Example example) {
        if (exclusions.excludes(example)) {
            return;
        }
        open.add(example);
        if (trained + open.size() == miniBatch) {
            open.forEach(this::train);
            open.clear();
            trained %= miniBatch;
        }
    }

    /// An example whose loss is not finite does not count: its mini-batch needs one more.
    private void train(Example example) {
        training.train(example.offset(), example.image());
        trained += training.lastWasLearned() ? 1 : 0;
    }
}
