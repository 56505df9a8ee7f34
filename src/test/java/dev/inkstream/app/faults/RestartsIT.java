package dev.inkstream.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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
    private static final long UNDER_WAY_NANOS = Duration.ofMillis(300).toNanos();

    @Test
    void killedRolesWorkAgain(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path directory) throws Exception {
        int times = Integer.getInteger("inkstream.restarts");
        Stack.Setup setup = new Stack.Setup(Rig.freePort(), Rig.TOPICS, Optional.empty(), false);
        try (Rig rig = new Rig(directory, Target.STATIC, setup, SEED)) {
            rig.awaitPredictions();
            for (Target target : List.of(Target.TRAINER, Target.CLASSIFIER, Target.EVALUATOR, Target.LABELER)) {
                rig.progress().await(target);
                List<Duration> restarts = new ArrayList<>();
                for (int i = 0; i < times; i++) {
                    restarts.add(restart(rig, target));
                    rig.progress().await(target);
                }
                print(target, restarts.stream().sorted().toList());
            }
            assertThat(rig.settle()).noneMatch(Finding::isDifferent);
        }
    }

    private static Duration restart(Rig rig, Target target) throws Exception {
        long[] times = new long[2];
        rig.stack().hold(target, () -> {
            times[0] = System.nanoTime();
            rig.stack().member(target).kill();
            rig.stack().restart(target);
            times[1] = awaitCommit(rig.progress(), target, times[0]);
        });
        return Duration.ofNanos(times[1] - times[0]);
    }

    /// @return when it saw the commit
    private static long awaitCommit(Progress progress, Target target, long killed) {
        long[] before = {Long.MAX_VALUE};
        return Awaitility.await(target + " commits")
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(POLL)
                .until(
                        () -> {
                            long committed = progress.committed(target).orElse(-1);
                            long now = System.nanoTime();
                            if (now - killed < UNDER_WAY_NANOS) {
                                before[0] = committed;
                            }
                            return committed > before[0] ? now : -1L;
                        },
                        now -> now > 0);
    }

    private static void print(Target target, List<Duration> sorted) {
        System.out.printf(
                Locale.ROOT,
                "%-12s killed %d times: works again after %.1f s (median), %.1f s (fastest), %.1f s (slowest)%n",
                target,
                sorted.size(),
                seconds(sorted.get(sorted.size() / 2)),
                seconds(sorted.getFirst()),
                seconds(sorted.getLast()));
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1_000.0;
    }
}
