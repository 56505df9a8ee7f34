package dev.inkstream.app.demo;

import dev.inkstream.app.console.StopSignal;
import dev.inkstream.app.console.Text;
import dev.inkstream.record.DriftEvent;
import dev.inkstream.record.Evaluation;
import dev.inkstream.record.LiveEvaluation;
import dev.inkstream.record.Prediction;
import java.time.Duration;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Reports what happens in a running demo, until the plan is done. Not thread-safe.
final class DemoReporter {
    private static final Duration LOOK_EVERY = Duration.ofMillis(50);

    /// Predictions by the last version to see before it is over, and how long to wait for them.
    private static final long LAST_PREDICTIONS = 1_000;

    private static final Duration LAST_WAIT = Duration.ofSeconds(5);

    /// A part of what was right before the drift, and in how many examples at least it has to be seen.
    private static final double RECOVERED = 0.95;

    private static final long RECOVERED_EXAMPLES = 200;

    private final StopSignal stop;
    private final DemoPlan plan;
    private final StatusLine statusLine;
    private final Supplier<Duration> clock;
    private Duration scoredAt = Duration.ZERO;
    private int epochsReported;
    private boolean firstPredictionReported;
    private Progress.@Nullable Drifted drifted;

    /// @param clock the time since the start of the program
    DemoReporter(StopSignal stop, DemoPlan plan, StatusLine statusLine, Supplier<Duration> clock) {
        this.stop = stop;
        this.plan = plan;
        this.statusLine = statusLine;
        this.clock = clock;
    }

    /// Waits until version 0 is scored: the time that a plan may take begins then. Returns early if it is to stop.
    ///
    /// @throws RuntimeException the failure that ended it early
    void untilScored(BooleanSupplier scored, Progress progress, BackgroundTasks background)
            throws InterruptedException {
        while (!scored.getAsBoolean() && statusLine.isRead() && !stop.await(LOOK_EVERY)) {
            look(progress, background);
        }
        scoredAt = time();
    }

    /// @throws RuntimeException the failure that ended it early
    void untilDone(Progress progress, BackgroundTasks background) throws InterruptedException {
        while (!trainedAll(progress) && !timeIsUp() && statusLine.isRead() && !stop.await(LOOK_EVERY)) {
            look(progress, background);
        }
        // If the last version was promoted, it is worth a look at what it does.
        Duration until = time().plus(LAST_WAIT);
        while (trainedAll(progress)
                && progress.latest().map(Evaluation::promoted).orElse(false)
                && progress.predictionsBy(plan.lastVersion()) < LAST_PREDICTIONS
                && time().compareTo(until) < 0
                && !timeIsUp()
                && statusLine.isRead()
                && !stop.await(LOOK_EVERY)) {
            look(progress, background);
        }
        look(progress, background);
        statusLine.end();
        if (drifted != null) {
            statusLine.line(String.format(
                    Locale.ROOT,
                    "Not recovered yet: live accuracy is %s; before the drift it was %s. More --epochs train longer.",
                    Text.percent(progress.live().accuracy()),
                    Text.percent(1 - drifted.event().before().rate())));
        }
    }

    private void look(Progress progress, BackgroundTasks background) {
        background.rethrow();
        if (!firstPredictionReported) {
            progress.firstPrediction().ifPresent(first -> reportFirst(first, progress));
        }
        progress.newEvaluations().forEach(this::reportEpochs);
        progress.newDrifts().forEach(this::reportDrift);
        progress.newLiveEvaluations().forEach(this::reportRecovery);
        statusLine.status(time(), progress);
    }

    private void reportFirst(Prediction first, Progress progress) {
        firstPredictionReported = true;
        statusLine.line(String.format(
                Locale.ROOT,
                "First prediction at %.1f s: %s is a %d, says %s",
                time().toMillis() / 1e3,
                first.imageId(),
                first.label(),
                first.model()));
        statusLine.statusNow(time(), progress);
    }

    private void reportEpochs(Evaluation evaluation) {
        while (epochsReported < plan.epochs() && evaluation.id().version() >= plan.versionAtEndOf(epochsReported)) {
            statusLine.line(
                    "Epoch " + epochsReported + ": " + evaluation.confusion().correct() + " / "
                            + evaluation.confusion().examples());
            epochsReported++;
        }
    }

    private void reportDrift(Progress.Drifted drift) {
        DriftEvent event = drift.event();
        drifted = drift;
        statusLine.line(String.format(
                Locale.ROOT,
                "Drift: error rose from %s to %s (%,d and %,d labels), detected by %s%s",
                Text.percent(event.before().rate()),
                Text.percent(event.after().rate()),
                event.before().examples(),
                event.after().examples(),
                event.detector(),
                drift.labelsAfterChange() == 0
                        ? ""
                        : String.format(
                                Locale.ROOT, "; %,d labels of changed images sent by now", drift.labelsAfterChange())));
    }

    private void reportRecovery(LiveEvaluation live) {
        if (drifted == null
                || live.version().isEmpty()
                || live.window().start().isBefore(drifted.at())
                || live.confusion().examples() < RECOVERED_EXAMPLES) {
            return;
        }
        long version = live.version().getAsLong();
        long trained = plan.live()
                .change()
                .map(change -> version * plan.examplesPerVersion() - change.at())
                .orElse(0L);
        if (plan.live().change().isPresent() && trained <= 0) {
            // An outcome of before the change that became known late.
            return;
        }
        double accuracy = (double) live.confusion().correct() / live.confusion().examples();
        if (accuracy >= RECOVERED * (1 - drifted.event().before().rate())) {
            statusLine.line(String.format(
                    Locale.ROOT,
                    "Recovered: live accuracy is %s again, with v%d%s",
                    Text.percent(accuracy),
                    version,
                    trained <= 0 ? "" : String.format(Locale.ROOT, ", %,d labeled images after the change", trained)));
            drifted = null;
        }
    }

    private boolean trainedAll(Progress progress) {
        return progress.latest()
                .map(latest -> latest.id().version() >= plan.lastVersion())
                .orElse(false);
    }

    private boolean timeIsUp() {
        return plan.duration()
                .map(duration -> time().minus(scoredAt).compareTo(duration) >= 0)
                .orElse(false);
    }

    private Duration time() {
        return clock.get();
    }
}
