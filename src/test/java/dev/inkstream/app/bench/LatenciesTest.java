package dev.inkstream.app.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.inkstream.app.console.Json;
import java.time.Duration;
import org.HdrHistogram.Histogram;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class LatenciesTest {
    private static final Slices SLICES = new Slices(Duration.ofSeconds(2), Duration.ofSeconds(3));
    private static final long SECOND = 1_000_000_000L;

    @Test
    void slicesWithoutAndWithSwapsTakeTurnsAfterTheWarmUp() {
        assertThat(SLICES.at(0)).isEqualTo(Slices.Part.WARM_UP);
        assertThat(SLICES.at(2 * SECOND - 1)).isEqualTo(Slices.Part.WARM_UP);
        assertThat(SLICES.at(2 * SECOND)).isEqualTo(Slices.Part.WITHOUT_SWAPS);
        assertThat(SLICES.at(5 * SECOND)).isEqualTo(Slices.Part.WITH_SWAPS);
        assertThat(SLICES.at(8 * SECOND)).isEqualTo(Slices.Part.WITHOUT_SWAPS);
    }

    @Test
    void percentilesHaveThreeDigits() {
        Histogram micros = new Histogram(3);
        for (int i = 1; i <= 10_000; i++) {
            micros.recordValue(i * 10L);
        }
        Percentiles percentiles = Percentiles.of(micros);

        Offset<Long> thousandth = within(100L);
        assertThat(percentiles.count()).isEqualTo(10_000);
        assertThat(percentiles.p50()).isCloseTo(50_000, thousandth);
        assertThat(percentiles.p90()).isCloseTo(90_000, thousandth);
        assertThat(percentiles.p99()).isCloseTo(99_000, thousandth);
        assertThat(percentiles.p999()).isCloseTo(99_900, thousandth);
        assertThat(percentiles.max()).isCloseTo(100_000, thousandth);
    }

    @Test
    void theWarmUpDoesNotCountAndAnEarlierClockIsZero() {
        Latencies latencies = new Latencies(SLICES, false);
        latencies.add(SECOND, 900_000, 900_000_000);
        latencies.add(3 * SECOND, -400, 2_000_000);

        assertThat(latencies.text().lines().map(line -> line.replaceAll(" {2,}", "|")))
                .containsExactly(
                        "MILLISECONDS FROM - TO|COUNT|P50|P90|P99|P99.9|MAX",
                        "append - read|1|0.0|0.0|0.0|0.0|0.0",
                        "intended send - read|1|2.0|2.0|2.0|2.0|2.0");
    }

    @Test
    void swapsAreComparedWithTheTimeWithoutThem() throws JsonProcessingException {
        Latencies latencies = new Latencies(SLICES, true);
        latencies.add(3 * SECOND, 1_000, 1_500_000);
        latencies.add(6 * SECOND, 1_500, 2_000_000);

        assertThat(latencies.text())
                .contains("append - read, without swaps", "append - read, with swaps")
                .endsWith("P99.9 with swaps / without: 1.500\n");
        JsonNode json = new ObjectMapper().readTree(Json.document(latencies.json()));
        assertThat(json.at("/appendToRead/count").longValue()).isEqualTo(2);
        assertThat(json.at("/appendToReadWithSwaps/p99Ms").doubleValue()).isEqualTo(1.5);
        assertThat(json.at("/intendedSendToRead/maxMs").doubleValue()).isEqualTo(2, within(0.01));
        assertThat(json.at("/p999RatioOfSwaps").doubleValue()).isEqualTo(1.5);
    }
}
