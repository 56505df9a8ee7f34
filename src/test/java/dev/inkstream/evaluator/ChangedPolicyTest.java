package dev.inkstream.evaluator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkstream.record.ModelCommand.Request;
import dev.inkstream.record.ModelDecision;
import dev.inkstream.record.ModelDecision.Kind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Shadows whose trial cannot end, because the policy has changed or another version serves meanwhile.
class ChangedPolicyTest {
    private final EvaluatorRun run = new EvaluatorRun();

    @AfterEach
    void close() {
        run.close();
    }

    private ModelDecision last() {
        return run.decisions().getLast();
    }

    /// Version 2 runs beside version 1, and version 3 waits.
    private void challenge() {
        run.restart(PromotionPolicy.LIVE);
        run.holdWhatTheTeacherSays(200);
        for (int i = 1; i <= 3; i++) {
            run.publish(EvaluatorRun.version(i, 0));
        }
        assertThat(run.kinds()).containsExactly(Kind.PROMOTED, Kind.SHADOWED);
    }

    @Test
    void aPolicyThatDoesNotJudgeEndsTheTrialWithADecision() {
        challenge();
        run.restart(PromotionPolicy.MANUAL);
        run.holdWhatTheTeacherSays(1);
        assertThat(run.kinds()).endsWith(Kind.SHADOWED, Kind.REJECTED);
        assertThat(last().subject().orElseThrow().id().version()).isEqualTo(2);
        assertThat(last().origin().reason()).isEqualTo("the policy is manual now, which judges no version");
        assertThat(last().evidence().live().orElseThrow().labels()).isZero();
        assertThat(last().after().shadow()).isEmpty();
        assertThat(run.served()).containsExactly("digits@shadow none");
    }

    @Test
    void theReplacedVersionNoLongerRunsEither() {
        run.holdWhatTheTeacherSays(200);
        run.publish(EvaluatorRun.version(1, 0));
        run.publish(EvaluatorRun.version(2, 0));
        run.restart(PromotionPolicy.ALWAYS);
        run.publish(EvaluatorRun.noise(3));
        assertThat(run.kinds()).containsExactly(Kind.PROMOTED, Kind.PROMOTED, Kind.CONFIRMED, Kind.PROMOTED);
        assertThat(run.decisions().get(2).subject().orElseThrow().id().version())
                .isEqualTo(2);
        assertThat(run.served()).containsExactly("digits v3", "digits@shadow none");
    }

    @Test
    void aChallengerEndsWithADecisionWhenAnotherVersionIsPromoted() {
        challenge();
        run.restart(PromotionPolicy.HOLDOUT);
        run.holdWhatTheTeacherSays(200);
        run.publish(EvaluatorRun.version(4, 0));
        assertThat(run.kinds()).endsWith(Kind.SHADOWED, Kind.PROMOTED, Kind.REJECTED);
        assertThat(last().subject().orElseThrow().id().version()).isEqualTo(2);
        assertThat(last().origin().reason()).isEqualTo("v4 serves since before its trial ended");
        assertThat(run.served()).containsExactly("digits v4", "digits@shadow v1");
    }

    @Test
    void aCommandEndsTheTrialOfAChallengerWithADecision() {
        challenge();
        run.ask("a", new Request.Pin(1));
        assertThat(run.kinds()).endsWith(Kind.PINNED, Kind.REJECTED, Kind.PASSED_OVER);
        assertThat(run.served()).endsWith("digits@shadow none");
    }
}
