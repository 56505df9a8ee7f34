package dev.inkstream.evaluator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.inkstream.live.PairedOutcome;
import dev.inkstream.record.ModelDecision;
import dev.inkstream.record.ModelDecision.Kind;
import dev.inkstream.record.ModelDecision.Mode;
import dev.inkstream.stream.Samples;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// What labels decide about the shadow, on simulated streams. Each has a seed of its own.
class TrialTest {
    private static final Contender SERVING = contender(1);
    private static final Contender SHADOW = contender(2);
    private static final int STREAMS = 200;

    private final List<ModelDecision> decisions = new ArrayList<>();
    private final ServingState state = new ServingState(new CarriedOut());

    @Test
    void theEvidenceIsThatOfTheFormula() {
        assertThat(BettingTest.evidence(0, 0)).isCloseTo(1, within(1e-12));
        // 2^2 * integral of q from 1/2 to 1, and of 1-q.
        assertThat(BettingTest.evidence(1, 0)).isCloseTo(1.5, within(1e-12));
        assertThat(BettingTest.evidence(0, 1)).isCloseTo(0.5, within(1e-12));
        // 2^3 * (1/4 - 1/3 * 1/8 ...) by hand: integral of q(1-q) from 1/2 to 1 is 1/12.
        assertThat(BettingTest.evidence(1, 1)).isCloseTo(8.0 / 12, within(1e-12));
        assertThat(BettingTest.evidence(0, 5_000)).isBetween(0.0, 1e-3);
        assertThat(BettingTest.evidence(5_000, 0)).isGreaterThan(1e300);
    }

    /// The error of a trial is at most 1 %, however long it is watched.
    @Test
    void equallyGoodVersionsAreSeldomPromotedOrRestored() {
        for (Trial.Kind kind : Trial.Kind.values()) {
            int wrong = 0;
            for (int seed = 0; seed < STREAMS; seed++) {
                run(kind, seed, 0.04, 0.04, 5_000);
                wrong += made(Kind.PROMOTED) + made(Kind.RESTORED);
            }
            assertThat(wrong).as("%s of %d streams", kind, STREAMS).isLessThanOrEqualTo(STREAMS / 100);
        }
    }

    @Test
    void aBetterShadowIsPromoted() {
        int promoted = 0;
        for (int seed = 0; seed < STREAMS; seed++) {
            run(Trial.Kind.CHALLENGE, seed, 0.05, 0.02, 5_000);
            promoted += made(Kind.PROMOTED);
        }
        assertThat(promoted).isGreaterThan(STREAMS * 95 / 100);
    }

    /// Three points worse: mostly restored within a thousand labels.
    @Test
    void aWorseVersionIsRolledBack() {
        int restored = 0;
        for (int seed = 0; seed < STREAMS; seed++) {
            run(Trial.Kind.WATCH, seed, 0.04, 0.01, 1_000);
            restored += made(Kind.RESTORED);
        }
        assertThat(restored).isGreaterThan(STREAMS * 80 / 100);
        assertThat(state.mode()).isEqualTo(Mode.HELD);
        assertThat(state.serving()).hasValue(SHADOW);
    }

    /// Drift makes both wrong on most images, and on the same ones.
    @Test
    void whenBothGetWorseTogetherNothingIsRolledBack() {
        int restored = 0;
        for (int seed = 0; seed < STREAMS; seed++) {
            run(Trial.Kind.WATCH, seed, 0.15, 0.15, 5_000);
            restored += made(Kind.RESTORED);
        }
        assertThat(restored).isLessThanOrEqualTo(STREAMS / 100);
    }

    @Test
    void outcomesOfOtherVersionsAreNoEvidence() {
        begin(Trial.Kind.CHALLENGE);
        decider().compared(new PairedOutcome(1, 3, false, true), Instant.EPOCH);
        decider().compared(new PairedOutcome(0, 2, false, true), Instant.EPOCH);
        assertThat(decisions).isEmpty();
        assertThat(state.trial()).hasValue(Trial.begin(Trial.Kind.CHALLENGE));
    }

    private void run(Trial.Kind kind, long seed, double wins, double losses, int labels) {
        begin(kind);
        Decider decider = decider();
        Random random = new Random(seed);
        for (int i = 0; i < labels && state.trial().isPresent() && decisions.isEmpty(); i++) {
            double u = random.nextDouble();
            decider.compared(new PairedOutcome(1, 2, u >= wins, u < wins || u >= wins + losses), Instant.EPOCH);
        }
    }

    private void begin(Trial.Kind kind) {
        decisions.clear();
        state.serve(SERVING);
        state.run(SHADOW, kind);
        state.mode(Mode.FOLLOWING);
    }

    private Decider decider() {
        return new Decider(
                DecisionRules.of(PromotionPolicy.LIVE),
                state,
                new Decisions(Samples.MODEL, state, decisions::add),
                contender -> new Judgment(contender, new HoldoutScorer(contender.network()), Optional.empty()));
    }

    private int made(Kind kind) {
        return (int) decisions.stream().filter(one -> one.kind() == kind).count();
    }

    private static Contender contender(long version) {
        return Contender.of(Samples.snapshot(version), version, Samples.FORMAT);
    }
}
