package dev.inkstream.evaluator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkstream.record.HoldoutEvidence.Paired;
import dev.inkstream.record.ModelCommand.Request;
import dev.inkstream.record.ModelDecision;
import dev.inkstream.record.ModelDecision.Kind;
import dev.inkstream.record.ModelDecision.Mode;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// An evaluator whose state is gone, and with it the snapshots that it needs from `weight-snapshots`.
class LostStateTest {
    private final EvaluatorRun run = new EvaluatorRun();

    @BeforeEach
    void aVersionServes() {
        run.holdWhatTheTeacherSays(200);
        run.publish(EvaluatorRun.version(1, 0));
        run.publish(EvaluatorRun.noise(2));
        run.publish(EvaluatorRun.version(3, 0));
        assertThat(run.kinds()).containsExactly(Kind.PROMOTED, Kind.REFUSED, Kind.PROMOTED);
    }

    @AfterEach
    void close() {
        run.close();
    }

    private ModelDecision last() {
        return run.decisions().getLast();
    }

    private void loseState() {
        run.restart(PromotionPolicy.HOLDOUT);
        run.expireSnapshots();
        run.holdWhatTheTeacherSays(200);
    }

    @Test
    void aCandidateIsComparedWithWhatServingWeightsHas() {
        loseState();
        // Better than guessing, but worse than what serves.
        run.publish(EvaluatorRun.version(4, 0.2f));
        assertThat(last().kind()).isEqualTo(Kind.REFUSED);
        assertThat(last().origin().reason()).isEqualTo("worse than v3, which serves, on the holdout images");
        assertThat(last().number()).isEqualTo(3);
        assertThat(run.served()).isEmpty();
        run.publish(EvaluatorRun.version(5, 0));
        assertThat(last().kind()).isEqualTo(Kind.PROMOTED);
        assertThat(last().replaced()).hasValue(3);
        assertThat(run.served()).containsExactly("digits v5", "digits@shadow v3");
    }

    @Test
    void theShadowIsFoundThereToo() {
        loseState();
        run.serveAndLabel(3, 1, 12, true);
        assertThat(last().kind()).isEqualTo(Kind.RESTORED);
        assertThat(last().subject().orElseThrow().snapshotOffset()).hasValue(0);
        assertThat(run.served()).containsExactly("digits v1", "digits@shadow none");
    }

    /// What serves is known by its number alone: the gate does not open.
    @Test
    void withoutAnySnapshotOfWhatServesCandidatesWaitForACommand() {
        run.restart(PromotionPolicy.HOLDOUT);
        run.expireSnapshots();
        run.loseServingWeights();
        run.restart(PromotionPolicy.HOLDOUT);
        run.holdWhatTheTeacherSays(200);
        run.publish(EvaluatorRun.version(4, 0));
        assertThat(run.kinds()).hasSize(3);
        run.publish(EvaluatorRun.version(5, 0));
        run.holdWhatTheTeacherSays(200);
        assertThat(last().kind()).isEqualTo(Kind.PASSED_OVER);
        assertThat(last().after().mode()).isEqualTo(Mode.HELD);
        run.ask("a", new Request.Follow());
        assertThat(last().origin().reason())
                .isEqualTo("no topic has the version that serves, so nothing can be compared with it; promote one");
        run.ask("b", new Request.Promote(5));
        assertThat(last().kind()).isEqualTo(Kind.PROMOTED);
        assertThat(last().after())
                .isEqualTo(new ModelDecision.Standing(OptionalLong.of(5), OptionalLong.empty(), Mode.FOLLOWING));
        run.publish(EvaluatorRun.noise(6));
        assertThat(last().kind()).isEqualTo(Kind.REFUSED);
    }

    /// As after an upgrade from a release that decided nothing.
    @Test
    void withoutDecisionsWhatServingWeightsHasIsWhatServes() {
        run.restart(PromotionPolicy.HOLDOUT);
        run.expireSnapshots();
        run.loseDecisions();
        run.restart(PromotionPolicy.HOLDOUT);
        run.decisions().clear();
        run.holdWhatTheTeacherSays(200);
        run.publish(EvaluatorRun.version(4, 0.2f));
        assertThat(run.kinds()).containsExactly(Kind.REFUSED);
        assertThat(last().after().serving()).hasValue(3);
        assertThat(last().evidence().holdout().orElseThrow().serving().map(Paired::version))
                .hasValue(3L);
        run.publish(EvaluatorRun.version(3, 0));
        assertThat(last().kind()).isEqualTo(Kind.PASSED_OVER);
        assertThat(last().origin().reason()).isEqualTo("it serves already");
    }

    /// Another version with the same number, which was refused, does not take the place of what serves.
    @Test
    void whatServesIsFoundByItsWeights() {
        run.publish(EvaluatorRun.noise(3));
        assertThat(last().kind()).isEqualTo(Kind.REFUSED);
        run.restart(PromotionPolicy.HOLDOUT);
        run.holdWhatTheTeacherSays(200);
        run.publish(EvaluatorRun.version(4, 0.2f));
        assertThat(last().kind()).isEqualTo(Kind.REFUSED);
        assertThat(last().evidence()
                        .holdout()
                        .orElseThrow()
                        .serving()
                        .orElseThrow()
                        .correct())
                .isEqualTo(200);
    }
}
