package dev.inkstream.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdwinTest {
    private static final double DELTA = LiveSettings.DEFAULT.driftDelta();
    private static final int QUIET = 60_000;

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.02, 0.04, 0.1, 0.3})
    void staysQuietWhereNothingChanges(double error) {
        for (long seed = 1; seed <= 20; seed++) {
            assertThat(rises(new Adwin(DELTA), seed, QUIET, error))
                    .as("alarms, seed %d", seed)
                    .isEmpty();
        }
    }

    @Test
    void reportsARiseOnceAndSoon() {
        for (long seed = 1; seed <= 20; seed++) {
            Adwin adwin = new Adwin(DELTA);
            assertThat(rises(adwin, seed, QUIET, 0.05)).isEmpty();
            List<Alarm> alarms = rises(adwin, 1_000 + seed, 20_000, 0.5);
            assertThat(alarms).as("alarms, seed %d", seed).hasSize(1);
            assertThat(alarms.getFirst().after()).as("delay").isLessThan(200);
            assertThat(alarms.getFirst().change().before()).isBetween(0.045, 0.055);
            assertThat(alarms.getFirst().change().after()).isBetween(0.3, 0.75);
        }
    }

    @Test
    void reportsASmallRiseLater() {
        for (long seed = 1; seed <= 20; seed++) {
            Adwin adwin = new Adwin(DELTA);
            var _ = rises(adwin, seed, QUIET, 0.05);
            List<Alarm> alarms = rises(adwin, 1_000 + seed, 5_000, 0.1);
            assertThat(alarms).as("alarms, seed %d", seed).isNotEmpty();
            assertThat(alarms.getFirst().after()).as("delay").isLessThan(2_000);
        }
    }

    @Test
    void aFallShrinksTheWindowAndIsNoRise() {
        Adwin adwin = new Adwin(DELTA);
        var _ = rises(adwin, 1, 10_000, 0.5);
        Random random = new Random(2);
        List<Adwin.Change> changes = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            adwin.add(random.nextDouble() < 0.05).ifPresent(changes::add);
        }
        assertThat(changes).isNotEmpty().noneMatch(Adwin.Change::rose);
        assertThat(adwin.examples()).isLessThan(12_000);
        assertThat((double) adwin.errors() / adwin.examples()).isBetween(0.04, 0.06);
    }

    @Test
    void theStateIsAllThereIs() {
        Random random = new Random(3);
        Adwin through = new Adwin(DELTA);
        Adwin restored = new Adwin(DELTA);
        for (int i = 0; i < 20_000; i++) {
            boolean error = random.nextDouble() < (i < 10_000 ? 0.1 : 0.4);
            Optional<Adwin.Change> expected = through.add(error);
            restored = Adwin.fromBytes(restored.toBytes(), DELTA);
            assertThat(restored.add(error)).isEqualTo(expected);
        }
        assertThat(restored.toBytes()).isEqualTo(through.toBytes());
        assertThat(restored.examples()).isEqualTo(through.examples());
        assertThat(restored.errors()).isEqualTo(through.errors());
    }

    @Test
    void theStateStaysSmall() {
        Adwin adwin = new Adwin(DELTA);
        var _ = rises(adwin, 4, 1_000_000, 0.05);
        assertThat(adwin.examples()).isGreaterThan(100_000);
        assertThat(adwin.toBytes()).hasSizeLessThan(1_000);
    }

    /// With the window written out in full and cut between any two examples, by the formula of the paper. The
    /// histogram cuts at fewer places, so it may be later, and never sees what the full window does not.
    @Test
    void everyAlarmIsOneOfTheWindowWrittenOutInFull() {
        int alarms = 0;
        for (long seed = 1; seed <= 30; seed++) {
            Random random = new Random(seed);
            Adwin adwin = new Adwin(DELTA);
            List<Boolean> window = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                boolean error = random.nextDouble() < (i < 500 ? 0.1 : 0.5);
                window.add(error);
                Optional<Adwin.Change> change = adwin.add(error);
                if (change.isPresent()) {
                    alarms++;
                    assertThat(cuts(window)).contains((int) change.get().examplesBefore());
                    assertThat(errors(window.subList(0, (int) change.get().examplesBefore())))
                            .isEqualTo(change.get().errorsBefore());
                }
                window = new ArrayList<>(window.subList(window.size() - (int) adwin.examples(), window.size()));
                assertThat(errors(window)).isEqualTo(adwin.errors());
            }
        }
        assertThat(alarms).isGreaterThanOrEqualTo(30);
    }

    @Test
    void deltaIsAProbability() {
        assertThatThrownBy(() -> new Adwin(1)).hasMessage("delta is 1.0; it must be between 0 and 1");
        assertThatThrownBy(() -> Adwin.fromBytes(new byte[] {0, 0, 0, 9}, DELTA))
                .hasMessage(
                        "the evaluator's state of the drift detector has format 9; this build reads 1. Start the build"
                                + " that wrote it, or a newer one.");
    }

    private record Alarm(int after, Adwin.Change change) {}

    /// Feeds so many outcomes with an error rate, and returns the rises reported.
    private static List<Alarm> rises(Adwin adwin, long seed, int outcomes, double error) {
        Random random = new Random(seed);
        List<Alarm> alarms = new ArrayList<>();
        for (int i = 1; i <= outcomes; i++) {
            int after = i;
            adwin.add(random.nextDouble() < error)
                    .filter(Adwin.Change::rose)
                    .ifPresent(change -> alarms.add(new Alarm(after, change)));
        }
        return alarms;
    }

    private static List<Integer> cuts(List<Boolean> window) {
        int n = window.size();
        double mean = (double) errors(window) / n;
        return IntStream.rangeClosed(Adwin.SMALLEST_PART, n - Adwin.SMALLEST_PART)
                .filter(n0 -> {
                    double before = (double) errors(window.subList(0, n0)) / n0;
                    double after = (double) errors(window.subList(n0, n)) / (n - n0);
                    double m = 1 / (1.0 / n0 + 1.0 / (n - n0));
                    double ln = Math.log(2 / (DELTA / Math.log(n)));
                    double bound = Math.sqrt(2 / m * mean * (1 - mean) * ln) + 2 / (3 * m) * ln;
                    return Math.abs(before - after) > bound * (1 - 1e-12);
                })
                .boxed()
                .toList();
    }

    private static long errors(List<Boolean> window) {
        return window.stream().filter(error -> error).count();
    }
}
