package dev.inkstream.app.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkstream.record.ModelDecision;
import dev.inkstream.record.ModelDecision.Evidence;
import dev.inkstream.record.ModelDecision.Kind;
import dev.inkstream.record.ModelDecision.Mode;
import dev.inkstream.record.ModelDecision.Standing;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/// What was decided, and what served when.
class HistoryTest {
    private static final List<ModelDecision> DECISIONS = List.of(
            Decided.promoted(1, 6, OptionalLong.empty(), Evidence.NONE),
            Decided.promoted(2, 7, OptionalLong.of(6), new Evidence(Optional.of(Decided.HOLDOUT), Optional.empty())),
            Decided.asked(3, Kind.ALIASED, 7, Decided.operator("", "champion"), Decided.serves(7, Mode.FOLLOWING)),
            Decided.asked(4, Kind.PINNED, 7, Decided.operator("x".repeat(81)), Decided.serves(7, Mode.PINNED)),
            Decided.asked(5, Kind.RESTORED, 6, Decided.operator("complaints"), Decided.serves(6, Mode.HELD)));

    @Test
    void aLineForEachDecision() {
        History history = new History(10);
        DECISIONS.forEach(history::add);

        assertThat(history.left()).isZero();
        assertThat(history.table()).isEqualTo("""
                        NUMBER  TIME                  KIND      VERSION  REPLACED  BY        WHY                                                                               EVIDENCE
                             1  2026-11-26T09:01:00Z  promoted  v6       -         holdout   not worse than the serving version on the holdout images                          -
                             2  2026-11-26T09:02:00Z  promoted  v7       v6        holdout   not worse than the serving version on the holdout images                          9,639 / 10,000, against v6 12 wins 40 losses, p < 0.0001
                             3  2026-11-26T09:03:00Z  aliased   v7       -         ann@host  as champion                                                                       -
                             4  2026-11-26T09:04:00Z  pinned    v7       -         ann@host  %s...  -
                             5  2026-11-26T09:05:00Z  restored  v6       -         ann@host  complaints                                                                        -
                        """.formatted("x".repeat(77)));
    }

    @Test
    void keepsTheLastOnes() {
        History history = new History(2);
        DECISIONS.forEach(history::add);

        assertThat(history.left()).isEqualTo(3);
        assertThat(history.json().findValuesAsText("number")).containsExactly("4", "5");
    }

    @Test
    void whatServedAtATimeAndTheDecisionThatBeganIt() {
        assertThat(at(0).text()).isEqualTo("no version of model digits served at 2026-11-26T09:00:00Z\n");
        assertThat(at(0).json()).hasToString("{\"model\":\"digits\",\"at\":\"2026-11-26T09:00:00Z\"}");
        assertThat(at(1).text())
                .startsWith("at 2026-11-26T09:01:00Z: v6 serves, following\n\ndecision  1: promoted v6\n");
        // The pin of the version that serves already did not begin it.
        assertThat(at(4).text())
                .startsWith("at 2026-11-26T09:04:00Z: v7 serves, pinned\n\ndecision  2: promoted v7 in place of v6\n");
        assertThat(at(9).text()).startsWith("at 2026-11-26T09:09:00Z: v6 serves, held\n\ndecision  5: restored v6\n");
        assertThat(at(4).json().path("serving").asLong()).isEqualTo(7);
        assertThat(at(4).json().path("mode").asText()).isEqualTo("PINNED");
        assertThat(at(4).json().at("/decision/number").asLong()).isEqualTo(2);
    }

    /// A model that was started again has another v6.
    @Test
    void aPromotionBeginsEvenUnderTheSameNumber() {
        ServedThen served = new ServedThen("digits", Decided.at(9));
        served.add(DECISIONS.getFirst());
        served.add(Decided.promoted(7, 6, OptionalLong.of(6), Evidence.NONE));

        assertThat(served.json().at("/decision/number").asLong()).isEqualTo(7);
    }

    @Test
    void beforeTheFirstPromotionNothingServed() {
        ServedThen served = new ServedThen("digits", Instant.EPOCH);
        served.add(new ModelDecision(
                "digits",
                0,
                Kind.REFUSED,
                Optional.empty(),
                OptionalLong.empty(),
                Decided.operator("r"),
                new Standing(OptionalLong.empty(), OptionalLong.empty(), Mode.FOLLOWING),
                Evidence.NONE,
                Instant.EPOCH));

        assertThat(served.text()).isEqualTo("no version of model digits served at 1970-01-01T00:00:00Z\n");
        assertThat(served.json().has("decision")).isFalse();
    }

    private static ServedThen at(long number) {
        ServedThen served = new ServedThen("digits", Decided.at(number));
        DECISIONS.forEach(served::add);
        return served;
    }
}
