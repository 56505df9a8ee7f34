package dev.inkstream.app.faults;

import dev.inkstream.stream.Topics;
import java.time.Duration;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.awaitility.Awaitility;

/// Sees whether roles make progress: whether the offsets that their groups have committed grow. Thread-safe.
record Progress(Admin admin, Topics topics, Stack stack) {
    /// The longest that a group has been seen to stand still is the two minutes of ADR 10.
    static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final int ANSWER_MILLIS = 2_000;
    private static final Duration POLL = Duration.ofMillis(100);

    /// Waits until a role's present process works on partitions, and its group has committed more since.
    void await(Target target) {
        until(target + " works", () -> stack.member(target).works());
        awaitCommits(target);
    }

    /// Waits until a role's group has committed more than it has now.
    void awaitCommits(Target target) {
        AtomicLong before = new AtomicLong();
        until(target + "'s group has offsets", () -> {
            OptionalLong now = committed(target);
            before.set(now.orElse(0));
            return now.isPresent();
        });
        until(target + " commits", () -> committed(target).orElse(0) > before.get());
    }

    private static void until(String what, Callable<Boolean> condition) {
        Awaitility.await(what).atMost(PATIENCE).pollInterval(POLL).until(condition);
    }

    /// Sum of the offsets that a group has committed; empty if the broker does not answer.
    OptionalLong committed(Target target) throws InterruptedException {
        try {
            return OptionalLong.of(admin
                    .listConsumerGroupOffsets(
                            target.group(topics), new ListConsumerGroupOffsetsOptions().timeoutMs(ANSWER_MILLIS))
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .values()
                    .stream()
                    .filter(Objects::nonNull)
                    .mapToLong(offset -> offset.offset())
                    .sum());
        } catch (ExecutionException e) {
            return OptionalLong.empty();
        }
    }
}
