package dev.inkstream.app.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.inkstream.app.bench.RateWindow.Reading;
import dev.inkstream.app.console.UserException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class RateWindowTest {
    @Test
    void theWindowBeginsWithTheFirstCommit() throws InterruptedException {
        RateWindow window = RateWindow.of(
                new Committed(List.of(0L, 0L, 100L, 600L, 1_100L), 0),
                1_100,
                readings(reading(0, 0, 0), reading(10, 4, 2), reading(12, 5, 3)));

        assertThat(window)
                .isEqualTo(new RateWindow(1_000, Duration.ofSeconds(2), Duration.ofSeconds(1), Duration.ofSeconds(1)));
        assertThat(window.perSecond()).isEqualTo(500);
    }

    @Test
    void itEndsWhenNothingIsLeftInBetween() throws InterruptedException {
        Committed progress = new Committed(List.of(10L, 110L), 3);

        RateWindow window =
                RateWindow.of(progress, 110, readings(reading(0, 0, 0), reading(1, 0, 0), reading(2, 0, 0)));

        assertThat(window.records()).isEqualTo(100);
        assertThat(progress.undrained).isZero();
    }

    @Test
    void processorTimeIsForAMillionRecords() {
        RateWindow window =
                new RateWindow(500_000, Duration.ofSeconds(4), Duration.ofMillis(2_500), Duration.ofMillis(1_250));

        assertThat(window.roleCpuPerMillion()).isEqualTo(5, within(1e-9));
        assertThat(window.brokerCpuPerMillion()).isEqualTo(2.5, within(1e-9));
    }

    @Test
    void aFailureOfTheRoleEndsTheWaiting() {
        RateWindow.Progress failing = new RateWindow.Progress() {
            @Override
            public long committed() {
                throw new IllegalStateException("it has ended");
            }

            @Override
            public boolean isDrained() {
                return true;
            }
        };

        assertThatThrownBy(() -> RateWindow.of(failing, 1, () -> reading(0, 0, 0)))
                .hasMessage("it has ended");
    }

    @Test
    void mostRecordsMustComeAfterTheFirstCommit() {
        assertThatThrownBy(() -> RateWindow.of(
                        new Committed(List.of(0L, 6_001L, 12_000L), 0),
                        12_000,
                        readings(reading(0, 0, 0), reading(1, 0, 0), reading(2, 0, 0))))
                .isInstanceOf(UserException.class)
                .hasMessage("--images is 12000, and 6001 of them were committed at once; it must be larger for this"
                        + " workload");
    }

    @Test
    void aSingleCommitIsNoWindow() {
        assertThatThrownBy(() -> RateWindow.of(
                        new Committed(List.of(0L, 10_000L), 0),
                        10_000,
                        readings(reading(0, 0, 0), reading(1, 0, 0), reading(1, 0, 0))))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("10000 of them were committed at once");
    }

    @Test
    void twoCommitsAtTheSameTimeAreNoWindow() {
        assertThatThrownBy(() -> RateWindow.of(
                        new Committed(List.of(1L, 10_000L), 0),
                        10_000,
                        readings(reading(0, 0, 0), reading(1, 0, 0), reading(1, 0, 0))))
                .isInstanceOf(UserException.class);
    }

    private static Reading reading(long seconds, long role, long broker) {
        return new Reading(Duration.ofSeconds(seconds).toNanos(), Duration.ofSeconds(role), Duration.ofSeconds(broker));
    }

    private static Supplier<Reading> readings(Reading... all) {
        Deque<Reading> left = new ArrayDeque<>(List.of(all));
        return left::remove;
    }

    /// Gives one position after the other, and repeats the last.
    private static final class Committed implements RateWindow.Progress {
        private final Deque<Long> positions;
        private int undrained;

        Committed(List<Long> positions, int undrained) {
            this.positions = new ArrayDeque<>(positions);
            this.undrained = undrained;
        }

        @Override
        public long committed() {
            return positions.size() > 1 ? positions.remove() : positions.element();
        }

        @Override
        public boolean isDrained() {
            return undrained == 0 || --undrained == 0;
        }
    }
}
