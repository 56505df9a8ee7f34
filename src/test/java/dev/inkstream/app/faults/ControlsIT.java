package dev.inkstream.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkstream.app.faults.agent.Mutant;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/// Negative controls: roles with a defect, which the checks of [FaultsIT] must notice after a few kills.
final class ControlsIT {
    private static final long SEED = 20_261_127;
    private static final int MOST_KILLS = 12;
    private static final List<Target> LEARNING = List.of(Target.LABELER, Target.TRAINER);

    /// A difference that more time cannot make good.
    private static final List<String> FOR_GOOD = List.of("repeated: ", "number ");

    @Test
    void atLeastOnceRepeatsPredictions(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path directory) throws Exception {
        try (Rig rig = new Rig(directory, Target.ROLES, Optional.of(Mutant.AT_LEAST_ONCE), SEED)) {
            rig.awaitPredictions();
            String difference = killUntilDifferent(
                    rig,
                    Target.CLASSIFIER,
                    log -> new InputChecks(log).findings().getFirst());
            assertThat(difference).startsWith("One committed prediction for each image: repeated: i-");
        }
    }

    @Test
    void stateWrittenInCommitIsLost(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path directory) throws Exception {
        assertThat(versionsOf(Mutant.WRITTEN_IN_COMMIT, directory)).contains("number ", "; expected: ");
    }

    @Test
    void gapThatIsNotTrainedGivesOtherVersions(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path directory)
            throws Exception {
        assertThat(versionsOf(Mutant.GAP_NOT_TRAINED, directory)).contains("number ", "; expected: ");
    }

    private static String versionsOf(Mutant mutant, Path directory) throws Exception {
        try (Rig rig = new Rig(directory, LEARNING, Optional.of(mutant), SEED)) {
            rig.awaitVersions(2);
            return killUntilDifferent(
                    rig,
                    Target.TRAINER,
                    log -> new VersionChecks(log).findings().getFirst());
        }
    }

    /// @return what the check says
    private static String killUntilDifferent(Rig rig, Target target, Function<RunLog, Finding> check) throws Exception {
        for (int kill = 1; kill <= MOST_KILLS; kill++) {
            rig.kill(target);
            Finding finding = check.apply(rig.oracle().log());
            if (finding.differences().stream().anyMatch(ControlsIT::staysDifferent)) {
                System.out.println("found after " + kill + " kills: " + finding);
                return finding.toString();
            }
        }
        throw new AssertionError("no difference after " + MOST_KILLS + " kills");
    }

    private static boolean staysDifferent(String difference) {
        return FOR_GOOD.stream().anyMatch(difference::startsWith)
                && !difference.contains(": nothing")
                && !difference.endsWith("nothing");
    }
}
