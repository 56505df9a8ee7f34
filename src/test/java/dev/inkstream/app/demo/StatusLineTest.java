package dev.inkstream.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkstream.app.console.Terminal;
import dev.inkstream.app.console.Terminal.Screen;
import dev.inkstream.record.ConfusionMatrix;
import dev.inkstream.record.Evaluation;
import dev.inkstream.record.ModelVersion;
import dev.inkstream.record.Sha256;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StatusLineTest {
    private static final String ERASE = "\r\u001b[K";

    private final StringWriter out = new StringWriter();
    private final Progress progress = new Progress();

    @Test
    void leavesOutWhatTheScreenHasNoRoomFor() {
        trained(7, 56_000);

        display(new Screen(true, true, 55)).statusNow(Duration.ofSeconds(8), progress);

        assertThat(out).hasToString(ERASE + "  8.0 s  v7 holdout 75.0 %  trained 56,000 (7,000/s)");
    }

    @Test
    void takesRatesOverTwoSeconds() {
        StatusLine display = display(new Screen(true, true, 80));
        trained(1, 1_000);
        display.statusNow(Duration.ofSeconds(1), progress);
        display.statusNow(Duration.ofSeconds(2), progress);
        trained(2, 7_000);

        display.statusNow(Duration.ofSeconds(4), progress);

        assertThat(out.toString()).endsWith("  4.0 s  v2 holdout 75.0 %  trained 7,000 (3,000/s)  classified 0/s");
    }

    @Test
    void printsLinesWhereNobodyWatches() {
        StatusLine display = display(Screen.PLAIN);
        display.status(Duration.ofSeconds(4), progress);
        display.status(Duration.ofSeconds(5), progress);
        display.status(Duration.ofSeconds(9), progress);
        display.end();

        assertThat(out.toString()).isEqualToNormalizingNewlines("""
                  5.0 s  no version yet  trained 0 (0/s)  classified 0/s
                """);
    }

    @Test
    void leavesNothingOfTheStatusLine() {
        StatusLine display = display(new Screen(true, true, 80));
        display.statusNow(Duration.ofSeconds(1), progress);
        display.end();

        assertThat(out.toString()).endsWith(ERASE);
    }

    @Test
    void nothingClassifiedIsNoNumber() {
        progress.evaluated(evaluation(3, 9_000, ConfusionMatrix.of(2, new long[4])));

        display(new Screen(true, true, 80)).statusNow(Duration.ZERO, progress);

        assertThat(out.toString())
                .startsWith(ERASE + "  0.0 s  v3 holdout -  trained 9,000")
                .doesNotContain("NaN");
    }

    private StatusLine display(Screen screen) {
        PrintWriter writer = new PrintWriter(out);
        return new StatusLine(new Terminal(writer, writer, screen, Map.of()));
    }

    private void trained(long version, long examples) {
        progress.evaluated(evaluation(version, examples, ConfusionMatrix.of(2, new long[] {2, 1, 0, 1})));
    }

    private static Evaluation evaluation(long version, long examples, ConfusionMatrix confusion) {
        return new Evaluation(
                new ModelVersion("digits", version, Sha256.of(new byte[0])), examples, confusion, 0.5, true);
    }
}
