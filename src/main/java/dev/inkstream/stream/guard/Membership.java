package dev.inkstream.stream.guard;

import dev.inkstream.stream.admin.KafkaFutures;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The membership of one consumer in its group. Used by the consumer's thread.
///
/// A static member that was paused and replaced must end. The coordinator fences it if it asks with its old member id,
/// but Kafka's client may have dropped that id first and would join as a new member of the same instance id, which
/// fences the successor. So it asks here before it joins again.
final class Membership {
    private static final Logger LOG = LoggerFactory.getLogger(Membership.class);

    /// Each takes a minute, the timeout of an admin client. Together they are the time that Kafka Streams gives a task
    /// while the brokers are away.
    private static final int TRIES = 5;

    private final Optional<String> instanceId;
    private final Predicate<String> predecessor;
    private final Supplier<Collection<MemberDescription>> members;
    private String memberId = "";

    /// @param instanceId of the consumer, the thread's number included; empty for a dynamic member, which nobody can
    ///     replace
    /// @param predecessor whether a member was in the group when this process took the instance id; it may still be
    ///     there though its process is dead, until this one joins in its place
    /// @param members the members of the group now
    Membership(
            Optional<String> instanceId,
            Predicate<String> predecessor,
            Supplier<Collection<MemberDescription>> members) {
        this.instanceId = instanceId;
        this.predecessor = predecessor;
        this.members = members;
    }

    /// The members of a group, as its coordinator knows them.
    static Collection<MemberDescription> members(Admin admin, String group) {
        try {
            return KafkaFutures.join(
                            admin.describeConsumerGroups(List.of(group)).all())
                    .values()
                    .stream()
                    .flatMap(description -> description.members().stream())
                    .toList();
        } catch (GroupIdNotFoundException e) {
            return List.of();
        }
    }

    /// Notes the member id that the coordinator gave.
    void joined(String id) {
        memberId = id;
    }

    /// @throws FencedInstanceIdException if another member has the instance id
    /// @throws TimeoutException if the brokers do not answer for five minutes
    void requireNotReplaced() {
        instanceId.ifPresent(id -> currentMembers().stream()
                .filter(member -> member.groupInstanceId().equals(instanceId)
                        && !member.consumerId().equals(memberId)
                        && !predecessor.test(member.consumerId()))
                .findFirst()
                .ifPresent(successor -> {
                    throw new FencedInstanceIdException("member " + successor.consumerId() + " at " + successor.host()
                            + " has taken over instance id " + id);
                }));
    }

    /// A broker that restarts must not end a role.
    private Collection<MemberDescription> currentMembers() {
        for (int i = 1; i < TRIES; i++) {
            try {
                return members.get();
            } catch (TimeoutException e) {
                LOG.debug("no broker answered in try {} of {}", i, TRIES, e);
            }
        }
        return members.get();
    }
}
