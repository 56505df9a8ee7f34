package dev.inkstream.app.faults;

import dev.inkstream.app.faults.agent.HaltPoint;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What may happen to the processes.
enum Fault {
    KILL("SIGKILL", Reach.ROLES, null),
    ZOMBIE("SIGSTOP, a successor takes over, SIGCONT", Reach.STATIC, null),
    PAUSE("SIGSTOP for up to 15 s, SIGCONT", Reach.ROLES, null),
    DUPLICATE("a second process with the same instance id", Reach.STATIC, null),
    WIPED("SIGKILL, all that the role has on disk deleted", Reach.ROLES, null),
    EXPIRED("SIGKILL, the group's offsets deleted or set to 0", Reach.STATIC, null),
    CHANGELOG_BEFORE(HaltPoint.CHANGELOG_BEFORE),
    CHANGELOG_AFTER(HaltPoint.CHANGELOG_AFTER),
    OFFSETS_BEFORE(HaltPoint.OFFSETS_BEFORE),
    OFFSETS_AFTER(HaltPoint.OFFSETS_AFTER),
    COMMIT_BEFORE(HaltPoint.COMMIT_BEFORE),
    COMMIT_AFTER(HaltPoint.COMMIT_AFTER),
    INIT(HaltPoint.INIT),
    RESTORE(HaltPoint.RESTORE),
    BROKER("SIGKILL of the broker", Reach.BROKER, null),
    BROKER_TWICE("SIGKILL of the broker, twice within seconds", Reach.BROKER, null),
    BROKER_AND_ROLE("SIGKILL of the broker, twice within seconds, and of a role", Reach.ROLES, null);

    /// Processes that a fault may happen to.
    private enum Reach {
        ROLES,
        STATIC,
        CHANGELOGS,
        BROKER
    }

    private final String words;
    private final Reach reach;
    private final @Nullable HaltPoint point;

    Fault(HaltPoint point) {
        this("halt " + point.words(), point.needsChangelog() ? Reach.CHANGELOGS : Reach.ROLES, point);
    }

    Fault(String words, Reach reach, @Nullable HaltPoint point) {
        this.words = words;
        this.reach = reach;
        this.point = point;
    }

    /// What it is, for a person.
    String words() {
        return words;
    }

    /// What it may happen to.
    List<Target> targets() {
        return switch (reach) {
            case ROLES -> Target.ROLES;
            case STATIC -> Target.STATIC;
            case CHANGELOGS ->
                Target.ROLES.stream().filter(Target::hasChangelog).toList();
            case BROKER -> List.of(Target.BROKER);
        };
    }

    /// Where the process halts; empty for other faults.
    Optional<HaltPoint> point() {
        return Optional.ofNullable(point);
    }

    /// Whether it kills the broker.
    boolean killsBroker() {
        return name().startsWith("BROKER");
    }

    /// Those that the build has: all but two.
    static List<Fault> ofBuild() {
        return Arrays.stream(values())
                .filter(fault -> fault != BROKER_TWICE && fault != BROKER_AND_ROLE)
                .toList();
    }
}
