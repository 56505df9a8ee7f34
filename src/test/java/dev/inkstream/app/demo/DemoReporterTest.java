package dev.inkstream.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkstream.app.console.StopSignal;
import dev.inkstream.app.console.Terminal;
import dev.inkstream.app.console.Terminal.Screen;
import dev.inkstream.dataset.Dataset;
import dev.inkstream.dataset.DrawnDigits;
import dev.inkstream.dataset.Images;
import dev.inkstream.network.NetworkShape;
import dev.inkstream.network.Preset;
import dev.inkstream.trainer.Training;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
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
    private final DemoReporter watch = new DemoReporter(stop, plan(), display(), this::nextSecond);

    /// A slow start must not take the time of the show.
    @Test
    void theTimeOfAPlanBeginsWhenAVersionServes() throws InterruptedException {
        try (BackgroundTasks background = new BackgroundTasks()) {
            watch.untilServing(() -> seconds.get() > SLOW_START, progress, background);
            watch.untilDone(progress, background);
        }
        assertThat(seconds.get()).isGreaterThan(SLOW_START + (int) PLANNED.toSeconds());
    }

    @Test
    void aStopEndsTheWaitForAVersion() throws InterruptedException {
        stop.request();
        try (BackgroundTasks background = new BackgroundTasks()) {
            watch.untilServing(() -> false, progress, background);
            watch.untilDone(progress, background);
        }
        assertThat(seconds.get()).isLessThan((int) PLANNED.toSeconds());
    }

    /// A second passes at each look at the clock.
    private Duration nextSecond() {
        return Duration.ofSeconds(seconds.incrementAndGet());
    }

    private static DemoPlan plan() {
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
                new DemoPlan.Live(Duration.ZERO, Optional.empty()));
    }

    private static StatusLine display() {
        PrintWriter writer = new PrintWriter(new StringWriter());
        return new StatusLine(new Terminal(writer, writer, Screen.PLAIN, Map.of()));
    }
}
