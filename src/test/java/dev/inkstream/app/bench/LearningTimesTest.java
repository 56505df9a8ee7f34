package dev.inkstream.app.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class LearningTimesTest {
    private final LatencyOptions options = new LatencyOptions();

    @Test
    void aVersionIsTimedFromItsLastImageOn() {
        new CommandLine(options).parseArgs("--rate", "10", "--warm-up", "1");
        LearningTimes times = new LearningTimes(options);
        times.add(false, -1, 5);
        times.add(false, 9, 900_000);
        times.add(false, 10, 1_250_000);
        times.add(true, 10, 1_500_000);
        AppendTimes appended = new AppendTimes(11);
        appended.add(9, 800);
        appended.add(10, 1_000);
        times.resolve(appended);

        assertThat(times.hasServed()).isTrue();
        // Those of the initial weights and of the warm-up do not count.
        assertThat(times.json().at("/appendToPublished/count").longValue()).isEqualTo(1);
        assertThat(times.json().at("/appendToPublished/maxMs").doubleValue()).isBetween(250.0, 250.2);
        assertThat(times.json().at("/appendToServing/p99Ms").doubleValue()).isBetween(500.0, 500.5);
        assertThat(times.text()).contains("append - version published", "append - version serves");
    }

    @Test
    void itSeesThatNoVersionServes() {
        LearningTimes times = new LearningTimes(options);
        times.add(false, 100_000, 1_000_000);
        AppendTimes appended = new AppendTimes(10);
        appended.add(9, 900);
        times.resolve(appended);

        assertThat(times.hasServed()).isFalse();
    }
}
