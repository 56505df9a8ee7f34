package dev.inkstream.stream.guard;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.MemberAssignment;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

class MembershipTest {
    @Test
    void aSuccessorOfTheSameInstanceIdEndsIt() {
        Membership replaced = membership(Optional.of("trainer-1"), member("m-2", "trainer-1"));
        assertThatExceptionOfType(FencedInstanceIdException.class)
                .isThrownBy(replaced::requireNotReplaced)
                .withMessage("member m-2 at /10.0.0.2 has taken over instance id trainer-1");
    }

    @Test
    void itsOwnEntryAndThoseOfOthersDoNot() {
        assertThatCode(() -> {
                    membership(Optional.of("trainer-1"), member("m-1", "trainer-1"), member("m-2", "trainer-2"))
                            .requireNotReplaced();
                    membership(Optional.of("trainer-1")).requireNotReplaced();
                    membership(Optional.empty(), member("m-2", "trainer-1")).requireNotReplaced();
                })
                .doesNotThrowAnyException();
    }

    /// A process that is paused between the check of its instance id and its first join must not join over a successor.
    @Test
    void beforeItJoinsOnlyThoseThatWereThereWhenItTookTheInstanceIdMayBeThere() {
        assertThatCode(starting(member("m-0", "trainer-1"))::requireNotReplaced).doesNotThrowAnyException();
        assertThatExceptionOfType(FencedInstanceIdException.class)
                .isThrownBy(starting(member("m-2", "trainer-1"))::requireNotReplaced)
                .withMessage("member m-2 at /10.0.0.2 has taken over instance id trainer-1");
    }

    private static Membership starting(MemberDescription member) {
        return new Membership(Optional.of("trainer-1"), "m-0"::equals, () -> List.of(member));
    }

    @Test
    void aBrokerThatRestartsIsAskedAgain() {
        Membership replaced = awayFor(4, member("m-2", "trainer-1"));
        assertThatExceptionOfType(FencedInstanceIdException.class).isThrownBy(replaced::requireNotReplaced);
        assertThatCode(awayFor(4, member("m-1", "trainer-1"))::requireNotReplaced)
                .doesNotThrowAnyException();
    }

    @Test
    void brokersThatAreAwayForLongEndIt() {
        assertThatExceptionOfType(TimeoutException.class)
                .isThrownBy(awayFor(5, member("m-1", "trainer-1"))::requireNotReplaced)
                .withMessage("away");
    }

    private static Membership awayFor(int tries, MemberDescription member) {
        AtomicInteger left = new AtomicInteger(tries);
        Membership membership = new Membership(Optional.of("trainer-1"), _ -> false, () -> {
            if (left.getAndDecrement() > 0) {
                throw new TimeoutException("away");
            }
            return List.of(member);
        });
        membership.joined("m-1");
        return membership;
    }

    private static Membership membership(Optional<String> instanceId, MemberDescription... members) {
        Membership membership = new Membership(instanceId, _ -> false, () -> List.of(members));
        membership.joined("m-1");
        return membership;
    }

    private static MemberDescription member(String id, String instanceId) {
        return new MemberDescription(
                id,
                Optional.of(instanceId),
                Optional.empty(),
                "client",
                "/10.0.0.2",
                new MemberAssignment(Set.of()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
