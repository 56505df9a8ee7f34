package dev.inkstream.app.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class LatencyOptionsTest {
    @Test
    void thePlanSaysHowLongItTakes() {
        assertThat(parsed("--rate=2000", "--seconds=20").plan())
                .isEqualTo("sends 2,000 images a second for 30 s; the first 10 s do not count");
        assertThat(parsed("--swaps=1", "--seconds=600", "--warm-up=0").plan())
                .isEqualTo("sends 5,000 images a second for 1,200 s");
        assertThat(parsed("--learning").plan()).contains("5,000 labeled images a second for 40 s");
    }

    private static LatencyOptions parsed(String... arguments) {
        LatencyOptions options = new LatencyOptions();
        new CommandLine(options).parseArgs(arguments);
        return options;
    }
}
