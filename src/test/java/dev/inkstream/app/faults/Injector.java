package dev.inkstream.app.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.inkstream.app.faults.agent.HaltPoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.Stream;

/// Makes faults happen, each to a process that no other fault happens to at the same time. Thread-safe.
///
/// The broker is killed while roles start, stop, recover or are paused, but not while the outcome of a fault is
/// asserted: without a broker, a process may end for another reason.
final class Injector {
    /// A second process, or one that was replaced, ends by then.
    private static final Duration ENDS = Duration.ofMinutes(2);

    /// A successor that would be displaced is by then.
    private static final Duration STAYS = Duration.ofSeconds(4);

    private static final int MAX_COMMITS = 10;

    private final Stack stack;
    private final GroupOffsets offsets;
    private final ReadWriteLock broker = new ReentrantReadWriteLock(true);

    Injector(Stack stack, GroupOffsets offsets) {
        this.stack = stack;
        this.offsets = offsets;
    }

    /// Returns when it has happened; the role may still be about to recover.
    ///
    /// @return what else is to be reported of it, or nothing
    String inject(Deck.Card card) throws IOException, InterruptedException {
        Target target = card.target();
        Random random = new Random(card.seed());
        return switch (card.fault()) {
            case KILL -> kill(target, () -> {});
            case WIPED -> kill(target, () -> delete(stack.home(target)));
            case ZOMBIE -> withBroker(() -> zombie(target, upTo(3_000, random)));
            case DUPLICATE -> withBroker(() -> duplicate(target));
            case PAUSE -> pause(target, upTo(15_000, random));
            case EXPIRED -> withBroker(() -> expire(target, random.nextBoolean()));
            case BROKER -> bounce(List.of());
            case BROKER_TWICE -> bounce(List.of(upTo(3_000, random)));
            case BROKER_AND_ROLE -> bounceAndKill(target, upTo(3_000, random));
            default -> halt(target, card.fault().point().orElseThrow(), random);
        };
    }

    private static Duration upTo(int millis, Random random) {
        return Duration.ofMillis(random.nextInt(millis));
    }

    /// What happens to a role that the broker answers.
    @FunctionalInterface
    private interface Fallible {
        String run() throws IOException, InterruptedException;
    }

    private String withBroker(Fallible fault) throws IOException, InterruptedException {
        return locked(broker.readLock(), fault);
    }

    private static String locked(Lock lock, Fallible fault) throws IOException, InterruptedException {
        lock.lockInterruptibly();
        try {
            return fault.run();
        } finally {
            lock.unlock();
        }
    }

    private String kill(Target target, Stack.Action meanwhile) throws IOException, InterruptedException {
        stack.hold(target, () -> {
            stack.member(target).kill();
            meanwhile.run();
            stack.restart(target);
        });
        return "";
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private String halt(Target target, HaltPoint point, Random random) throws IOException, InterruptedException {
        String order = point + " " + times(target, point, random);
        StringBuilder note = new StringBuilder();
        stack.hold(target, () -> {
            Member member = stack.member(target);
            if (point.isAtStart()) {
                member.kill();
                member = stack.start(target, order);
                stack.replace(target, member);
            } else {
                member.order(order);
            }
            boolean ended = member.endsWithin(ENDS);
            if (!ended) {
                member.kill();
                note.append("not reached, killed");
            } else if (!member.hasHalted()) {
                note.append("ended before: ").append(member.lastWords());
            }
            stack.restart(target);
        });
        return note.toString();
    }

    /// How often a process passes a point before it halts there.
    private static int times(Target target, HaltPoint point, Random random) {
        return switch (point) {
            // Every topology has more processors.
            case INIT -> 1 + random.nextInt(5);
            case RESTORE -> target == Target.EVALUATOR || target == Target.LABELER ? 1 + random.nextInt(3) : 1;
            default -> 1 + random.nextInt(MAX_COMMITS);
        };
    }

    /// The one before it ends for good, with its sentence, and the successor stays.
    private String zombie(Target target, Duration beside) throws IOException, InterruptedException {
        StringBuilder words = new StringBuilder();
        stack.hold(target, () -> {
            Member zombie = stack.member(target);
            zombie.pause();
            Member successor = stack.start(target, "");
            stack.replace(target, successor);
            awaitWorks(successor);
            assertThat(successor.endsWithin(beside)).as("%s ends", target).isFalse();
            zombie.resume();
            assertEnds(zombie, "the replaced " + target);
            assertThat(successor.endsWithin(STAYS))
                    .as("%s is displaced: %s", target, successor.printed())
                    .isFalse();
            words.append(zombie.lastWords());
        });
        return words.toString();
    }

    private static void assertEnds(Member member, String what) throws InterruptedException {
        assertThat(member.endsWithin(ENDS))
                .as("%s ends: %s", what, member.printed())
                .isTrue();
        assertThat(member.status()).as(member.lastWords()).isEqualTo(1);
        assertThat(member.lastWords()).doesNotContain("please report it").isNotEqualTo(Member.NOTHING_SAID);
    }

    private static void awaitWorks(Member member) {
        await(member.target() + " works").atMost(Stack.PATIENCE).until(() -> {
            assertThat(member.isAlive()).as(member.lastWords()).isTrue();
            return member.works();
        });
    }

    /// The first continues, and the second ends with its sentence.
    private String duplicate(Target target) throws IOException, InterruptedException {
        stack.hold(target, () -> {
            Member first = stack.member(target);
            Member second = stack.start(target, "");
            assertEnds(second, "a second " + target);
            assertThat(second.lastWords()).contains("is running at").endsWith("give this one another --instance-id");
            assertThat(first.isAlive()).as("the first %s", target).isTrue();
        });
        return "";
    }

    /// A dynamic member leaves its group when it is paused for more than 10 s.
    private String pause(Target target, Duration time) throws IOException, InterruptedException {
        stack.hold(target, () -> {
            Member member = stack.member(target);
            member.pause();
            assertThat(member.endsWithin(time)).as("%s ends", target).isFalse();
            member.resume();
        });
        return "";
    }

    private String expire(Target target, boolean deleted) throws IOException, InterruptedException {
        List<Target> group = Target.sharingGroupOf(target);
        if (group.size() == 1) {
            stack.hold(target, () -> expireAll(group, deleted));
        } else {
            stack.hold(group.getFirst(), () -> stack.hold(group.getLast(), () -> expireAll(group, deleted)));
        }
        return deleted ? "deleted" : "set to 0";
    }

    private void expireAll(List<Target> group, boolean deleted) throws IOException {
        group.forEach(target -> stack.member(target).kill());
        offsets.forget(group.getFirst(), deleted);
        stack.startRoles(group);
    }

    /// @param gaps time from one kill to the next
    private String bounce(List<Duration> gaps) throws IOException, InterruptedException {
        return locked(broker.writeLock(), () -> {
            stack.hold(Target.BROKER, () -> {
                restartBroker();
                for (Duration gap : gaps) {
                    assertThat(stack.member(Target.BROKER).endsWithin(gap))
                            .as("the broker ends")
                            .isFalse();
                    restartBroker();
                }
            });
            return "";
        });
    }

    private void restartBroker() throws IOException {
        stack.member(Target.BROKER).kill();
        stack.startBroker();
    }

    private String bounceAndKill(Target target, Duration gap) throws IOException, InterruptedException {
        stack.hold(target, () -> {
            stack.member(target).kill();
            bounce(List.of(gap));
            stack.restart(target);
        });
        return "";
    }
}
