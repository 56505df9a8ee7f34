package dev.inkstream.stream.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;

class ResumptionTest {
    private static final Uuid TOPIC = new Uuid(1, 2);
    private static final Resumption.Log LOG = new Resumption.Log(0, 100);
    private static final GuardedOffset GUARD = new GuardedOffset(TOPIC, 40, "m");

    @Test
    void theGroupIsBehind() {
        assertThat(resumption(Optional.of(7L), LOG).decide(OffsetSource.GUARD))
                .isEqualTo(new Resumption.AtGuard(
                        40,
                        "the group coordinator returned offset 7 for images-0, but a committed transaction reached"
                                + " offset 40; resumes at 40. If the offsets were reset on purpose, start once with"
                                + " --accept-offsets."));
    }

    @Test
    void theGroupHasNone() {
        assertThat(resumption(Optional.empty(), LOG).decide(OffsetSource.GUARD))
                .isEqualTo(new Resumption.AtGuard(
                        40,
                        "the group coordinator returned no offset for images-0, but a committed transaction reached"
                                + " offset 40; resumes at 40. If the offsets were reset on purpose, start once with"
                                + " --accept-offsets."));
    }

    /// Retention has deleted what the guard points at: nothing before the start is left to skip.
    @Test
    void theLogBeginsLater() {
        assertThat(resumption(Optional.empty(), new Resumption.Log(60, 100)).decide(OffsetSource.GUARD))
                .isInstanceOfSatisfying(
                        Resumption.AtGuard.class, at -> assertThat(at.offset()).isEqualTo(60));
    }

    @Test
    void theTopicWasCreatedAgain() {
        Resumption again = new Resumption(
                new TopicPartition("images", 0), Optional.of(7L), GUARD, new Uuid(3, 4), new Resumption.Log(0, 100));
        assertThat(again.decide(OffsetSource.GUARD))
                .isEqualTo(new Resumption.AsGroup(
                        "topic images was created again since a committed transaction reached offset 40 of images-0;"
                                + " resumes at 7, the offset of the group"));
    }

    @Test
    void theLogEndsBeforeTheGuard() {
        assertThat(resumption(Optional.empty(), new Resumption.Log(0, 30)).decide(OffsetSource.GUARD))
                .isEqualTo(new Resumption.AsGroup(
                        "images-0 ends at offset 30, but a committed transaction reached 40: records were lost; the"
                                + " group has no offset, so the start position of the topology decides"));
    }

    @Test
    void theGroupWasResetOnPurpose() {
        assertThat(resumption(Optional.of(7L), LOG).decide(OffsetSource.GROUP))
                .isEqualTo(new Resumption.AsGroup("a committed transaction reached offset 40 of images-0;"
                        + " because of --accept-offsets, resumes at 7, the offset of the group"));
    }

    @Test
    void aGroupThatIsAheadOrLevelHasNothingToDecide() {
        assertThat(Resumption.isBehind(Optional.of(39L), GUARD)).isTrue();
        assertThat(Resumption.isBehind(Optional.empty(), GUARD)).isTrue();
        assertThat(Resumption.isBehind(Optional.of(40L), GUARD)).isFalse();
        assertThat(Resumption.isBehind(Optional.of(41L), GUARD)).isFalse();
    }

    private static Resumption resumption(Optional<Long> group, Resumption.Log log) {
        return new Resumption(new TopicPartition("images", 0), group, GUARD, TOPIC, log);
    }
}
