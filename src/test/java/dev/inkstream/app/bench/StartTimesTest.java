package dev.inkstream.app.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class StartTimesTest {
    @Test
    void aRowHasTheMedianOfAProcess() {
        StartTimes times = new StartTimes();
        times.add("trainer: first commit", Duration.ofSeconds(2));
        times.add("demo: first prediction", Duration.ofSeconds(4));
        times.add("trainer: first commit", Duration.ofMillis(1_500));
        times.add("trainer: first commit", Duration.ofMillis(1_250));

        assertThat(times.text()).isEqualTo("""
                SECONDS FROM START TO   RUNS  MEDIAN  LEAST  MOST
                trainer: first commit      3    1.50   1.25  2.00
                demo: first prediction     1    4.00   4.00  4.00
                """);
        assertThat(times.json().at("/starts/0/to").textValue()).isEqualTo("trainer: first commit");
        assertThat(times.json().at("/starts/0/medianSeconds").doubleValue()).isEqualTo(1.5);
        assertThat(times.json().at("/starts/0/seconds")).hasSize(3);
    }
}
