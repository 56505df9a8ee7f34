package dev.inkstream.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkstream.app.console.Terminal;
import dev.inkstream.app.console.Terminal.Screen;
import dev.inkstream.dataset.DrawnDigits;
import dev.inkstream.record.ConfusionMatrix;
import dev.inkstream.record.Evaluation;
import dev.inkstream.record.ModelDecision.Kind;
import dev.inkstream.record.ModelVersion;
import dev.inkstream.record.Sha256;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SummaryTest {
    private final Progress progress = new Progress();
    private final StringWriter printed = new StringWriter();

    @Test
    void theDecisionsAreCountedAndRollBacksAlwaysSaid() {
        progress.evaluated(new Evaluation(
                new ModelVersion("digits", 1, Sha256.of(new byte[1])),
                100,
                ConfusionMatrix.of(10, new long[100]),
                0.5,
                true));
        assertThat(summary()).doesNotContain("Decisions");
        progress.decided(Kind.PASSED_OVER);
        progress.decided(Kind.PROMOTED);
        progress.decided(Kind.PROMOTED);
        assertThat(summary()).contains("\nDecisions: 2 promoted, 1 passed over; none rolled back\n");
        progress.decided(Kind.RESTORED);
        assertThat(summary()).contains("\nDecisions: 2 promoted, 1 passed over; 1 rolled back\n");
    }

    private String summary() {
        printed.getBuffer().setLength(0);
        PrintWriter out = new PrintWriter(printed, true);
        new Summary(
                        new Terminal(out, out, Screen.PLAIN, Map.of()),
                        DrawnDigits.dataset(1, 20, 20).training().classNames())
                .print(progress);
        return printed.toString();
    }
}
