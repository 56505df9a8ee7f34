package dev.inkstream.app.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkstream.record.HoldoutEvidence;
import dev.inkstream.record.HoldoutEvidence.Paired;
import dev.inkstream.record.ModelDecision;
import dev.inkstream.record.ModelDecision.Evidence;
import dev.inkstream.record.ModelDecision.Kind;
import dev.inkstream.record.ModelDecision.Mode;
import dev.inkstream.record.ModelDecision.Origin;
import dev.inkstream.record.ModelDecision.Standing;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class DecisionTextTest {
    @Test
    void allAboutADecision() {
        assertThat(DecisionText.of(Decided.promoted(3, 7, OptionalLong.of(6), Decided.evidence())))
                .isEqualTo("""
                        decision  3: promoted v7 in place of v6
                        time      2026-11-26T09:03:00Z
                        by        holdout
                        reason    not worse than the serving version on the holdout images
                        evidence  9,639 / 10,000, against v6 12 wins 40 losses, p < 0.0001; v6 beside v7 on 812 labels: 30 wins 1 loss, e-values better 2.3e+06 worse 0.13
                        after     v7 serves, shadow v6, following
                        """);
    }

    @Test
    void whatItDoesNotHaveIsLeftOut() {
        ModelDecision declined = new ModelDecision(
                "digits",
                0,
                Kind.DECLINED,
                Optional.empty(),
                OptionalLong.empty(),
                Decided.operator(""),
                new Standing(OptionalLong.empty(), OptionalLong.empty(), Mode.FOLLOWING),
                Evidence.NONE,
                Instant.EPOCH);

        assertThat(DecisionText.of(declined)).isEqualTo("""
                        decision  0: declined
                        time      1970-01-01T00:00:00Z
                        by        ann@host
                        after     no version serves, following
                        """);
    }

    @Test
    void evidenceNamesTheBestVersionOrGuessing() {
        assertThat(EvidenceText.of(holdout(Optional.empty(), Optional.empty()))).isEqualTo("1 / 2, guessing p 0.7500");
        assertThat(EvidenceText.of(holdout(
                        Optional.of(new Paired(6, 2, 0, 1, 0.5)), Optional.of(new Paired(3, 2, 0, 1_000, 0.00012)))))
                .isEqualTo(
                        "1 / 2, against v6 0 wins 1 loss, p 0.5000, against the best, v3 0 wins 1,000 losses, p 0.0001");
        assertThat(EvidenceText.of(Evidence.NONE)).isEmpty();
    }

    private static Evidence holdout(Optional<Paired> serving, Optional<Paired> best) {
        return new Evidence(Optional.of(new HoldoutEvidence(2, 1, 0.75, serving, best)), Optional.empty());
    }

    /// Any client that can write to a topic must not steer the terminal.
    @Test
    void foreignTextIsHarmless() {
        ModelDecision hostile = Decided.asked(
                1,
                Kind.ALIASED,
                7,
                new Origin("\u001b[2Jann", Optional.empty(), "a\nb", Optional.of("x\r")),
                Decided.serves(7, Mode.FOLLOWING));
        History history = new History(1);
        history.add(hostile);

        assertThat(DecisionText.of(hostile))
                .contains("aliased v7 as x\ufffd\n", "by        \ufffd[2Jann\n", "reason    a\ufffdb\n");
        assertThat(history.table()).hasLineCount(2).doesNotContain("\u001b", "\r");
        assertThat(dev.inkstream.app.console.Json.line(history.json())).contains("\\u001B[2Jann", "a\\nb");
    }

    @Test
    void asJsonByTheNamesOfTheSchema() {
        assertThat(DecisionJson.of(Decided.promoted(3, 7, OptionalLong.of(6), Decided.evidence())))
                .hasToString(("{'model':'digits','number':3,'kind':'PROMOTED','version':7,"
                                + "'weightsSha256':'ca358758f6d27e6cf45272937977a748fd88391db679ceda7dc7bf1f005ee879',"
                                + "'snapshotOffset':14,'replaced':6,'decidedBy':'holdout',"
                                + "'reason':'not worse than the serving version on the holdout images',"
                                + "'serving':7,'shadow':6,'mode':'FOLLOWING',"
                                + "'holdout':{'examples':10000,'correct':9639,'guessing':0.0,"
                                + "'serving':{'version':6,'correct':9667,'wins':12,'losses':40,'worse':6.0E-5}},"
                                + "'live':{'shadow':6,'serving':7,'labels':812,'wins':30,'losses':1,"
                                + "'better':2345678.0,'worse':0.125},"
                                + "'decidedAt':'2026-11-26T09:03:00Z'}")
                        .replace('\'', '"'));
        assertThat(DecisionJson.of(Decided.asked(
                                4,
                                Kind.ALIASED,
                                7,
                                Decided.operator("why", "champion"),
                                Decided.serves(7, Mode.PINNED)))
                        .toString())
                .contains("\"decidedBy\":\"ann@host\",\"commandId\":\"id-1\",\"reason\":\"why\",\"alias\":\"champion\"")
                .doesNotContain("replaced", "shadow", "holdout", "live");
    }
}
