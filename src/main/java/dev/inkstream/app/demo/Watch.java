package dev.inkstream.app.demo;

import dev.inkstream.app.console.StopSignal;
import dev.inkstream.record.Evaluation;
import dev.inkstream.record.Prediction;
import java.time.Duration;
import java.util.Locale;

/// Follows a running demo and tells what happens, until the plan is done. Not thread-safe.
final class Watch {
    private static final Duration LOOK_EVERY = Duration.ofMillis(50);

    /// Predictions by the last version to see before it is over, and how long to wait for them.
    private static final long LAST_PREDICTIONS = 1_000;

    private static final Duration LAST_WAIT = Duration.ofSeconds(5);

    private final StopSignal stop;
    private final DemoPlan plan;
    private final Display display;
    private final long startNanos;
    private int epochsTold;
    private boolean firstPredictionTold;

    Watch(StopSignal stop, DemoPlan plan, Display display, long startNanos) {
        this.stop = stop;
        this.plan = plan;
        this.display = display;
        this.startNanos = startNanos;
    }

    /// @throws RuntimeException the failure that ended it early
    void untilDone(Progress progress, Background background) throws InterruptedException {
        while (!trainedAll(progress) && !timeIsUp() && !stop.await(LOOK_EVERY)) {
            look(progress, background);
        }
        // The last version has been promoted; it is worth a look at what it does.
        Duration until = time().plus(LAST_WAIT);
        while (trainedAll(progress)
                && progress.predictionsBy(plan.lastVersion()) < LAST_PREDICTIONS
                && time().compareTo(until) < 0
                && !timeIsUp()
                && !stop.await(LOOK_EVERY)) {
            look(progress, background);
        }
        look(progress, background);
        display.end();
    }

    private void look(Progress progress, Background background) {
        background.rethrow();
        if (!firstPredictionTold) {
            progress.firstPrediction().ifPresent(first -> tellFirst(first, progress));
        }
        progress.newEvaluations().forEach(this::tellEpochs);
        display.status(time(), progress);
    }

    private void tellFirst(Prediction first, Progress progress) {
        firstPredictionTold = true;
        display.line(String.format(
                Locale.ROOT,
                "First prediction at %.1f s: %s is a %d, says %s",
                time().toMillis() / 1e3,
                first.imageId(),
                first.label(),
                first.model()));
        display.statusNow(time(), progress);
    }

    private void tellEpochs(Evaluation evaluation) {
        while (epochsTold < plan.epochs() && evaluation.id().version() >= plan.versionAtEndOf(epochsTold)) {
            display.line("Epoch " + epochsTold + ": " + evaluation.confusion().correct() + " / "
                    + evaluation.confusion().examples());
            epochsTold++;
        }
    }

    private boolean trainedAll(Progress progress) {
        return progress.latest()
                .map(latest -> latest.id().version() >= plan.lastVersion())
                .orElse(false);
    }

    private boolean timeIsUp() {
        return plan.duration().map(duration -> time().compareTo(duration) >= 0).orElse(false);
    }

    private Duration time() {
        return Duration.ofNanos(System.nanoTime() - startNanos);
    }
}
