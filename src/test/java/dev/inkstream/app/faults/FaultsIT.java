package dev.inkstream.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/// Kills, halts, pauses and replaces roles and kills the broker, in an order drawn from a seed, while images and labels
/// come. At the end the topics have what a plain loop over the same log gives, and no role was displaced by the one
/// that it replaced.
///
/// The build runs each fault once but those that kill the broker twice within seconds. `.ci/faults N SEED` runs as many
/// as are wanted, those among them.
final class FaultsIT {
    private static final int DRAWN = Integer.getInteger("inkstream.faults", 0);
    private static final List<Fault> KINDS = DRAWN == 0 ? Fault.ofBuild() : Arrays.asList(Fault.values());
    private static final int FAULTS = DRAWN == 0 ? KINDS.size() : DRAWN;
    private static final long SEED = Long.getLong("inkstream.faults.seed", 20_261_126);

    @Test
    void nothingIsRepeatedLostOrDisplaced(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path directory) throws Exception {
        try (Rig rig = new Rig(directory, Target.ROLES, Optional.empty(), SEED)) {
            long start = System.nanoTime();
            rig.inject(new Deck(KINDS, SEED), FAULTS);
            List<Finding> findings = rig.settle();
            FaultReport report = new FaultReport(
                    SEED,
                    Duration.ofNanos(System.nanoTime() - start),
                    rig.run().done(),
                    findings,
                    rig.stack().ends(),
                    rig.oracle().decisions());
            write(report.toMarkdown());
            assertThat(findings)
                    .noneMatch(Finding::isDifferent)
                    .allMatch(finding -> finding.compared() > 0, "has compared");
            assertThat(report.missed()).as("halts that were not reached").isLessThanOrEqualTo(report.ordered() / 4);
            assertThat(rig.stack().ends())
                    .allMatch(
                            end -> end.contains(": 1 ") && !end.contains(Member.NOTHING_SAID),
                            "ended with its sentence")
                    .noneMatch(end -> end.contains("please report it"));
        }
    }

    private static void write(String report) throws Exception {
        String file = System.getProperty("inkstream.faults.report");
        if (file == null) {
            System.out.println(report);
        } else {
            Files.writeString(Path.of(file), report);
        }
    }
}
