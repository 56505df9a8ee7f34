package dev.inkstream.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/// Measures how long a killed role takes to work again: from the SIGKILL, with the next process started at once, to the
/// next offset that its group commits. `.ci/restarts` runs it, not the build: it asserts what must be on the topics,
/// and prints the times.
@EnabledIfSystemProperty(named = "inkstream.restarts", matches = "\\d+")
final class RestartsIT {
    private static final long SEED = 20_261_128;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration POLL = Duration.ofMillis(20);

    /// A commit that was under way may end so long after the kill. No JVM has started by then.
    private static final Duration UNDER_WAY = Duration.ofMillis(300);

    /// Times from the kill: until the next process has its partitions, and until its group has committed more.
    private record Restart(Duration assigned, Duration committed) {}

    @Test
    void killedRolesWorkAgain(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path directory) throws Exception {
        int times = Integer.getInteger("inkstream.restarts");
        Stack.Setup setup = new Stack.Setup(Rig.freePort(), Rig.TOPICS, Optional.empty(), false);
        try (Rig rig = new Rig(directory, Target.STATIC, setup, SEED)) {
            rig.awaitPredictions();
            for (Target target : List.of(Target.TRAINER, Target.CLASSIFIER, Target.EVALUATOR, Target.LABELER)) {
                rig.progress().await(target);
                List<Restart> restarts = new ArrayList<>();
                for (int i = 0; i < times; i++) {
                    restarts.add(restart(rig, target));
                    rig.progress().await(target);
                }
                print(target, restarts);
            }
            assertThat(rig.settle()).noneMatch(Finding::isDifferent);
        }
    }

    private static Restart restart(Rig rig, Target target) throws Exception {
        Restart[] restart = new Restart[1];
        rig.stack().hold(target, () -> {
            long killed = System.nanoTime();
            rig.stack().member(target).kill();
            rig.stack().restart(target);
            restart[0] = awaitCommit(rig, target, killed);
        });
        return restart[0];
    }

    private static Restart awaitCommit(Rig rig, Target target, long killed) {
        long[] before = {Long.MAX_VALUE};
        Duration[] assigned = new Duration[1];
        Duration committed = Awaitility.await(target + " commits")
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(POLL)
                .until(
                        () -> {
                            long offsets = rig.progress().committed(target).orElse(-1);
                            Duration now = Duration.ofNanos(System.nanoTime() - killed);
                            // On a machine that does much else, the first answer comes late.
                            if (before[0] == Long.MAX_VALUE || now.compareTo(UNDER_WAY) < 0) {
                                before[0] = offsets;
                            }
                            if (assigned[0] == null
                                    && rig.stack().member(target).works()) {
                                assigned[0] = now;
                            }
                            return offsets > before[0] ? now : Duration.ZERO;
                        },
                        Duration::isPositive);
        return new Restart(assigned[0] == null ? committed : assigned[0], committed);
    }

    private static void print(Target target, List<Restart> restarts) {
        System.out.printf(
                Locale.ROOT,
                "%-12s killed %d times: works again after %s; has its partitions after %s%n",
                target,
                restarts.size(),
                seconds(restarts, Restart::committed),
                seconds(restarts, Restart::assigned));
    }

    private static String seconds(List<Restart> restarts, Function<Restart, Duration> time) {
        List<Double> sorted = restarts.stream()
                .map(restart -> time.apply(restart).toMillis() / 1_000.0)
                .sorted()
                .toList();
        return String.format(
                Locale.ROOT,
                "%.2f s (median), %.2f s (fastest), %.2f s (slowest)",
                sorted.get(sorted.size() / 2),
                sorted.getFirst(),
                sorted.getLast());
    }
}
