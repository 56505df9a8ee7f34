package dev.inkstream.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkstream.app.console.StopSignal;
import dev.inkstream.app.console.Terminal;
import dev.inkstream.app.console.Terminal.Screen;
import dev.inkstream.dataset.Dataset;
import dev.inkstream.dataset.DrawnDigits;
import dev.inkstream.dataset.Drift;
import dev.inkstream.dataset.Images;
import dev.inkstream.evaluator.DecisionRules;
import dev.inkstream.evaluator.PromotionPolicy;
import dev.inkstream.network.NetworkShape;
import dev.inkstream.network.Preset;
import dev.inkstream.record.ConfusionMatrix;
import dev.inkstream.record.DriftEvent;
import dev.inkstream.record.LiveEvaluation;
import dev.inkstream.trainer.Training;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DemoReporterTest {
    private static final Duration PLANNED = Duration.ofSeconds(10);
    private static final int SLOW_START = 30;

    private final StopSignal stop = new StopSignal();
    private final AtomicInteger seconds = new AtomicInteger();
    private final Progress progress = new Progress();
    private final StringWriter printed = new StringWriter();
    private final DemoReporter watch = new DemoReporter(stop, plan(Optional.empty()), display(), this::nextSecond);

    /// A slow start must not take the time of the show.
    @Test
    void theTimeOfAPlanBeginsWhenAVersionIsScored() throws InterruptedException {
        try (BackgroundTasks background = new BackgroundTasks()) {
            watch.untilScored(() -> seconds.get() > SLOW_START, progress, background);
            watch.untilDone(progress, background);
        }
        assertThat(seconds.get()).isGreaterThan(SLOW_START + (int) PLANNED.toSeconds());
    }

    @Test
    void aStopEndsTheWaitForAVersion() throws InterruptedException {
        stop.request();
        try (BackgroundTasks background = new BackgroundTasks()) {
            watch.untilScored(() -> false, progress, background);
            watch.untilDone(progress, background);
        }
        assertThat(seconds.get()).isLessThan((int) PLANNED.toSeconds());
    }

    /// Right after a change, an outcome of before it may become known late, and be counted in a window behind it.
    @Test
    void onlyAVersionThatHasSeenTheChangeRecovers() throws InterruptedException {
        int before = 60;
        DemoReporter changing = new DemoReporter(
                stop, plan(Optional.of(new DemoPlan.Change(Drift.ROTATE, before))), display(), this::nextSecond);
        try (BackgroundTasks background = new BackgroundTasks()) {
            changing.untilScored(() -> true, progress, background);
            progress.drifted(new Progress.Drifted(
                    new DriftEvent(
                            "digits", 2, new DriftEvent.ErrorRate(0.05, 400), new DriftEvent.ErrorRate(0.9, 20), "any"),
                    Instant.EPOCH,
                    0));
            progress.liveEvaluated(live(3));
            progress.liveEvaluated(live(5));
            progress.liveEvaluated(live(6));
            changing.untilDone(progress, background);
        }
        assertThat(printed.toString().lines().filter(line -> line.startsWith("Recovered")))
                .containsExactly(
                        "Recovered: live accuracy is 100.0 % again, with v5, 20 labeled images after the change");
    }

    private static LiveEvaluation live(long version) {
        return new LiveEvaluation(
                "digits",
                OptionalLong.of(version),
                new LiveEvaluation.Window(Instant.EPOCH.plusSeconds(version), Instant.EPOCH.plusSeconds(version + 1)),
                ConfusionMatrix.of(2, new long[] {200, 0, 0, 200}),
                new LiveEvaluation.Unmatched(0, 0, 0, 0));
    }

    /// A second passes at each look at the clock.
    private Duration nextSecond() {
        return Duration.ofSeconds(seconds.incrementAndGet());
    }

    /// A version every 16 images.
    private static DemoPlan plan(Optional<DemoPlan.Change> change) {
        Images images = DrawnDigits.images(1, 0, 20);
        Training.Settings settings = new Training.Settings(
                "digits", Preset.MODERN.config(NetworkShape.of(images.width() * images.height(), 30, 10)), 1, 1);
        return new DemoPlan(
                new Dataset("drawn", images, images),
                images,
                settings,
                1,
                new DemoPlan.Rates(0, 1),
                Optional.of(PLANNED),
                new DemoPlan.Live(Duration.ZERO, change),
                DecisionRules.of(PromotionPolicy.HOLDOUT));
    }

    private StatusLine display() {
        PrintWriter writer = new PrintWriter(printed, true);
        return new StatusLine(new Terminal(writer, writer, Screen.PLAIN, Map.of()));
    }
}
