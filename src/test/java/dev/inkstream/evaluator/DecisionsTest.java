package dev.inkstream.evaluator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkstream.record.ModelCommand.Request;
import dev.inkstream.record.ModelDecision;
import dev.inkstream.record.ModelDecision.Kind;
import dev.inkstream.record.ModelDecision.Mode;
import dev.inkstream.stream.Samples;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What is decided about versions and commands, through the topology.
class DecisionsTest {
    private final EvaluatorRun run = new EvaluatorRun();
    private final List<ModelDecision> decisions = run.decisions();

    @AfterEach
    void close() {
        run.close();
    }

    @Test
    void theFirstVersionThatIsBetterThanGuessingServes() {
        run.holdWhatTheTeacherSays(200);
        run.publish(EvaluatorRun.noise(0));
        run.publish(EvaluatorRun.version(1, 0));
        assertThat(run.kinds()).containsExactly(Kind.REFUSED, Kind.PROMOTED);
        assertThat(decisions.getFirst().origin().reason()).isEqualTo("no better than guessing on the holdout images");
        ModelDecision promoted = decisions.getLast();
        assertThat(promoted.number()).isEqualTo(1);
        assertThat(promoted.subject().orElseThrow().snapshotOffset()).hasValue(1);
        assertThat(promoted.after().serving()).hasValue(1);
        assertThat(promoted.evidence().holdout().orElseThrow().correct()).isEqualTo(200);
        assertThat(run.served()).containsExactly("digits v1");
    }

    @Test
    void aVersionThatIsWorseBeyondChanceIsRefused() {
        run.holdWhatTheTeacherSays(200);
        run.publish(EvaluatorRun.version(1, 0));
        run.publish(EvaluatorRun.noise(2));
        run.publish(EvaluatorRun.version(3, 0.1f));
        assertThat(run.kinds()).containsExactly(Kind.PROMOTED, Kind.REFUSED, Kind.PROMOTED);
        assertThat(decisions.get(2).replaced()).hasValue(1);
        assertThat(decisions
                        .get(2)
                        .evidence()
                        .holdout()
                        .orElseThrow()
                        .serving()
                        .orElseThrow()
                        .version())
                .isEqualTo(1);
        assertThat(run.served()).containsExactly("digits v1", "digits v3", "digits@shadow v1");
    }

    /// Each is hardly worse than the one before, but not than the best.
    /// One bit of a number is enough, and no digest covers it.
    @Test
    void aNumberThatIsFarAheadDoesNotEndTheLineOfVersions() {
        run.holdWhatTheTeacherSays(200);
        run.publish(EvaluatorRun.version(1, 0));
        run.publish(EvaluatorRun.noise(Long.MAX_VALUE));
        run.publish(EvaluatorRun.version(2, 0));
        run.publish(EvaluatorRun.noise(70));
        run.publish(EvaluatorRun.version(3, 0));
        // The model was started again.
        run.publish(EvaluatorRun.version(1, 0));
        run.publish(EvaluatorRun.version(2, 0));
        assertThat(run.kinds())
                .containsExactly(
                        Kind.PROMOTED,
                        Kind.REFUSED,
                        Kind.PROMOTED,
                        Kind.REFUSED,
                        Kind.PROMOTED,
                        Kind.REFUSED,
                        Kind.REFUSED);
        assertThat(decisions.getLast().origin().reason()).isEqualTo("v3 was published before it");
    }

    @Test
    void smallLossesDoNotAddUp() {
        run.holdWhatTheTeacherSays(2_000);
        run.publish(EvaluatorRun.version(1, 0));
        for (int i = 2; i < 40; i++) {
            run.publish(EvaluatorRun.version(i, 0.002f * i));
        }
        long worst = decisions.stream()
                .filter(decision -> decision.kind() == Kind.PROMOTED)
                .mapToLong(
                        decision -> decision.evidence().holdout().orElseThrow().correct())
                .min()
                .orElseThrow();
        assertThat(run.kinds()).contains(Kind.REFUSED);
        assertThat(worst).isGreaterThan(2_000 - 7);
        assertThat(decisions)
                .filteredOn(decision -> decision.kind() == Kind.REFUSED)
                .extracting(decision -> decision.origin().reason())
                .anyMatch(reason -> reason.contains("the best that has served"));
    }

    @Test
    void aCandidateWaitsForHoldoutImages() {
        run.publish(EvaluatorRun.version(1, 0));
        run.publish(EvaluatorRun.version(2, 0));
        assertThat(run.kinds()).containsExactly(Kind.PASSED_OVER);
        run.holdWhatTheTeacherSays(200);
        assertThat(run.kinds()).containsExactly(Kind.PASSED_OVER, Kind.PROMOTED);
        assertThat(decisions.getLast().after().serving()).hasValue(2);
    }

    @Test
    void commandsAreCarriedOutAndNamed() {
        run.holdWhatTheTeacherSays(200);
        run.publish(EvaluatorRun.version(1, 0));
        run.publish(EvaluatorRun.noise(2));
        run.ask("a", new Request.Promote(2));
        assertThat(decisions.getLast().kind()).isEqualTo(Kind.PROMOTED);
        assertThat(decisions.getLast().origin().commandId()).hasValue("a");
        assertThat(decisions.getLast().origin().reason()).isEqualTo("because");
        assertThat(decisions.getLast().after().serving()).hasValue(2);
        assertThat(decisions.getLast().after().shadow()).hasValue(1);
        run.ask("b", new Request.Rollback(OptionalLong.empty()));
        assertThat(decisions.getLast().kind()).isEqualTo(Kind.RESTORED);
        assertThat(decisions.getLast().after())
                .isEqualTo(new ModelDecision.Standing(OptionalLong.of(1), OptionalLong.empty(), Mode.HELD));
        run.ask("b2", new Request.Rollback(OptionalLong.empty()));
        assertThat(decisions.getLast().origin().reason())
                .isEqualTo("the evaluator knows no version that served before; name one");
        run.ask("c", new Request.Pin(1));
        run.publish(EvaluatorRun.version(3, 0));
        assertThat(decisions.getLast().kind()).isEqualTo(Kind.PASSED_OVER);
        run.ask("d", new Request.Promote(3));
        assertThat(decisions.getLast().kind()).isEqualTo(Kind.DECLINED);
        run.ask("e", new Request.Follow());
        run.ask("f", new Request.Alias("challenger", 3));
        assertThat(decisions.getLast().origin().alias()).hasValue("challenger");
        run.ask("g", new Request.Promote(9));
        assertThat(decisions.getLast().kind()).isEqualTo(Kind.DECLINED);
        assertThat(decisions.getLast().origin().reason()).isEqualTo("weight-snapshots has no v9 of the model");
        run.publish(EvaluatorRun.version(4, 0));
        assertThat(decisions.getLast().kind()).isEqualTo(Kind.PROMOTED);
        assertThat(decisions).extracting(ModelDecision::number).isEqualTo(numbers(decisions.size()));
    }

    /// A roll-back ends what a candidate waits for. It waits on for holdout images, as there are too few.
    @Test
    void withoutHoldoutImagesACandidateWaitsOn() {
        for (int i = 1; i <= 3; i++) {
            run.publish(EvaluatorRun.version(i, 0));
        }
        run.ask("a", new Request.Promote(1));
        run.ask("b", new Request.Rollback(OptionalLong.of(2)));
        assertThat(run.kinds()).containsExactly(Kind.PASSED_OVER, Kind.PASSED_OVER, Kind.PROMOTED, Kind.RESTORED);
        run.holdWhatTheTeacherSays(200);
        assertThat(run.kinds()).hasSize(5).endsWith(Kind.SHADOWED);
        assertThat(decisions.getLast().subject().orElseThrow().id().version()).isEqualTo(3);
    }

    @Test
    void whatACommandServesNoLongerWaits() {
        run.publish(EvaluatorRun.version(1, 0));
        run.ask("a", new Request.Promote(1));
        run.publish(EvaluatorRun.version(2, 0));
        run.ask("b", new Request.Rollback(OptionalLong.of(2)));
        run.publish(EvaluatorRun.version(3, 0));
        run.ask("c", new Request.Pin(3));
        assertThat(run.kinds()).containsExactly(Kind.PROMOTED, Kind.RESTORED, Kind.PINNED);
        run.ask("d", new Request.Follow());
        run.holdWhatTheTeacherSays(200);
        assertThat(run.kinds()).containsExactly(Kind.PROMOTED, Kind.RESTORED, Kind.PINNED, Kind.FOLLOWED);
    }

    /// What served at a time is what the last decision before it left: that is the command, not what followed from it.
    @Test
    void whatWaitedIsPassedOverAfterThePin() {
        for (int i = 1; i <= 3; i++) {
            run.publish(EvaluatorRun.version(i, 0));
        }
        run.ask("a", new Request.Pin(2));
        assertThat(run.kinds()).endsWith(Kind.PINNED, Kind.PASSED_OVER);
        assertThat(decisions.getLast().after()).isEqualTo(decisions.get(2).after());
    }

    /// Snapshots and commands that are read again, with and without the evaluator's own state, were decided about.
    @Test
    void nothingIsDecidedTwice() {
        run.holdWhatTheTeacherSays(200);
        decideSomething();
        List<ModelDecision> once = List.copyOf(decisions);
        run.ask("a", new Request.Promote(2));
        assertThat(decisions).as("a command that is read again").isEqualTo(once);

        run.restart(PromotionPolicy.HOLDOUT);
        run.holdWhatTheTeacherSays(200);
        run.rewind();
        decideSomething();
        assertThat(decisions).as("without its state").isEqualTo(once);
        assertThat(run.pipeline().raw(Samples.TOPICS.evaluations().name())).isEmpty();
        assertThat(run.served()).isEmpty();

        run.publish(EvaluatorRun.noise(6));
        run.publish(EvaluatorRun.version(7, 0));
        run.ask("h", new Request.Rollback(OptionalLong.empty()));
        assertThat(decisions).extracting(ModelDecision::number).isEqualTo(numbers(once.size() + 3));
        assertThat(decisions.subList(once.size(), once.size() + 3))
                .extracting(ModelDecision::kind)
                .containsExactly(Kind.REFUSED, Kind.PROMOTED, Kind.RESTORED);
        ModelDecision promoted = decisions.get(once.size() + 1);
        assertThat(promoted.replaced()).as("what served").hasValue(4);
        assertThat(promoted.evidence()
                        .holdout()
                        .orElseThrow()
                        .serving()
                        .orElseThrow()
                        .version())
                .isEqualTo(4);
        assertThat(decisions.getLast().after().serving()).hasValue(4);
    }

    private void decideSomething() {
        run.publish(EvaluatorRun.version(1, 0));
        run.publish(EvaluatorRun.noise(2));
        run.ask("a", new Request.Promote(2));
        run.ask("b", new Request.Rollback(OptionalLong.empty()));
        run.ask("c", new Request.Alias("challenger", 2));
        run.ask("d", new Request.Follow());
        run.publish(EvaluatorRun.version(3, 0));
        run.publish(EvaluatorRun.version(4, 0));
        run.publish(EvaluatorRun.noise(5));
    }

    /// A pin of what serves does not change what served before it.
    @Test
    void aRollbackWithoutTheStateGoesBackAsWithIt() {
        run.holdWhatTheTeacherSays(200);
        run.publish(EvaluatorRun.version(1, 0));
        run.publish(EvaluatorRun.version(2, 0));
        run.ask("a", new Request.Pin(2));
        run.ask("b", new Request.Follow());
        run.restart(PromotionPolicy.HOLDOUT);
        run.holdWhatTheTeacherSays(200);
        run.ask("c", new Request.Rollback(OptionalLong.empty()));
        assertThat(run.kinds()).endsWith(Kind.PINNED, Kind.FOLLOWED, Kind.RESTORED);
        assertThat(decisions.getLast().after().serving()).hasValue(1);
    }

    /// Of a shadow, the ledger has what it ran for; the labels that it saw are counted from the beginning.
    @Test
    void aTrialBeginsAgainWithoutTheState() {
        run.restart(PromotionPolicy.LIVE);
        run.holdWhatTheTeacherSays(200);
        run.publish(EvaluatorRun.version(1, 0));
        run.publish(EvaluatorRun.version(2, 0));
        run.ask("a", new Request.Alias("first", 1));
        run.restart(PromotionPolicy.LIVE);
        run.holdWhatTheTeacherSays(200);
        run.serveAndLabel(1, 2, 12, true);
        assertThat(decisions.getLast().kind()).isEqualTo(Kind.PROMOTED);
        assertThat(decisions.getLast().number()).isEqualTo(3);
        assertThat(run.served()).containsExactly("digits v2", "digits@shadow v1");
    }

    /// Predictions with a shadow, and then their labels, come through the live join.
    @Test
    void labelsDecideAboutTheShadow() {
        run.restart(PromotionPolicy.LIVE);
        run.holdWhatTheTeacherSays(200);
        run.publish(EvaluatorRun.version(1, 0));
        run.publish(EvaluatorRun.version(2, 0));
        run.publish(EvaluatorRun.version(3, 0));
        run.publish(EvaluatorRun.version(4, 0));
        assertThat(run.kinds()).containsExactly(Kind.PROMOTED, Kind.SHADOWED, Kind.PASSED_OVER);
        assertThat(run.served()).containsExactly("digits v1", "digits@shadow v2");
        run.serveAndLabel(1, 2, 12, true);
        assertThat(run.kinds()).containsExactly(Kind.PROMOTED, Kind.SHADOWED, Kind.PASSED_OVER, Kind.PROMOTED);
        assertThat(decisions.getLast().evidence().live().orElseThrow().wins()).isBetween(9L, 12L);
        assertThat(run.served()).containsExactly("digits v2", "digits@shadow v1");
        run.serveAndLabel(2, 1, 12, true);
        assertThat(decisions.get(4).kind()).isEqualTo(Kind.RESTORED);
        assertThat(decisions.get(4).after().mode()).isEqualTo(Mode.HELD);
        assertThat(decisions.get(4).after().serving()).hasValue(1);
        assertThat(decisions.get(5).kind()).as("v4, which waited").isEqualTo(Kind.SHADOWED);
        assertThat(run.served()).containsExactly("digits v1", "digits@shadow v4");
        run.serveAndLabel(1, 4, 12, false);
        assertThat(decisions.getLast().kind()).isEqualTo(Kind.REJECTED);
        assertThat(run.served()).containsExactly("digits@shadow none");
    }

    private static List<Long> numbers(int size) {
        return java.util.stream.LongStream.range(0, size).boxed().toList();
    }
}
