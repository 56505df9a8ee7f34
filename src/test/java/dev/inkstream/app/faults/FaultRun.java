package dev.inkstream.app.faults;

import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/// Injects faults while others are recovered from, and the supervisor works. Its fields may be read when it is closed;
/// to be used by one thread.
///
/// At most [#AT_ONCE] faults are under way or recovered from at a time. Nothing happens to a process before it has made
/// progress since its last fault; and every [#ROUND] faults all must have caught up.
final class FaultRun implements AutoCloseable {
    static final int AT_ONCE = 3;
    static final int ROUND = 15;

    private static final long SUPERVISE_MILLIS = 200;

    private final Injector injector;
    private final Progress progress;
    private final Consumer<String> notices;
    private final Semaphore permits = new Semaphore(AT_ONCE);
    private final Map<Target, Semaphore> free = new EnumMap<>(Target.class);
    private final List<Done> done = new CopyOnWriteArrayList<>();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final ExecutorService faults = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledExecutorService supervisor = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("supervisor").factory());

    /// A fault that the roles have recovered from.
    ///
    /// @param note what else there is to report, or nothing
    /// @param recovery time from the fault to the next progress
    record Done(Deck.Card card, String note, Duration recovery) {}

    /// @param notices takes a line for a person; called from any thread
    FaultRun(Stack stack, Injector injector, Progress progress, Consumer<String> notices) {
        this.injector = injector;
        this.progress = progress;
        this.notices = notices;
        for (Target target : Target.values()) {
            free.put(target, new Semaphore(1));
        }
        var _ = supervisor.scheduleWithFixedDelay(
                () -> orFail(stack::supervise), 0, SUPERVISE_MILLIS, TimeUnit.MILLISECONDS);
    }

    /// The faults so far.
    List<Done> done() {
        return List.copyOf(done);
    }

    /// Returns when the roles have recovered from all.
    ///
    /// @param caughtUp waits until all that was sent has been processed
    void inject(Deck deck, int count, Stack.Action caughtUp) throws IOException, InterruptedException {
        for (int i = 1; i <= count; i++) {
            acquire(1);
            Deck.Card card = deck.next();
            notices.accept("fault %d of %d: %s".formatted(i, count, card));
            faults.execute(() -> {
                orFail(() -> happen(card));
                permits.release();
            });
            if (i % ROUND == 0 || i == count) {
                acquire(AT_ONCE);
                caughtUp.run();
                permits.release(AT_ONCE);
            }
        }
    }

    /// Kills one role, and returns when it has made progress.
    void inject(Target target) throws IOException, InterruptedException {
        happen(new Deck.Card(Fault.KILL, target, 0));
    }

    private void acquire(int count) throws InterruptedException {
        while (!permits.tryAcquire(count, 1, TimeUnit.SECONDS)) {
            check();
        }
        check();
    }

    /// @throws AssertionError if a fault or the supervisor has failed
    void check() {
        Throwable failed = failure.get();
        if (failed != null) {
            throw new AssertionError(failed.getMessage(), failed);
        }
    }

    /// Waits for a condition, unless the supervisor fails meanwhile.
    void await(String what, Duration patience, Callable<Boolean> condition) {
        Awaitility.await(what)
                .atMost(patience)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> {
                    check();
                    return condition.call();
                });
    }

    private void happen(Deck.Card card) throws IOException, InterruptedException {
        SortedSet<Target> concerned = concerned(card);
        for (Target target : concerned) {
            free.get(target).acquire();
        }
        try {
            String note = injector.inject(card);
            long start = System.nanoTime();
            if (concerned.contains(Target.BROKER)) {
                Target.STATIC.forEach(progress::awaitCommits);
            }
            concerned.stream().filter(target -> target != Target.BROKER).forEach(progress::await);
            done.add(new Done(card, note, Duration.ofNanos(System.nanoTime() - start)));
        } finally {
            concerned.forEach(target -> free.get(target).release());
        }
    }

    /// In the order of [Target], so that no two faults wait for each other.
    private static SortedSet<Target> concerned(Deck.Card card) {
        SortedSet<Target> concerned = new TreeSet<>(List.of(card.target()));
        if (card.fault() == Fault.EXPIRED) {
            concerned.addAll(Target.sharingGroupOf(card.target()));
        }
        if (card.fault().killsBroker()) {
            concerned.add(Target.BROKER);
        }
        return concerned;
    }

    private void orFail(Stack.Action action) {
        try {
            action.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception | AssertionError e) {
            failure.compareAndSet(null, e);
        }
    }

    /// Returns when nothing is started any more.
    @Override
    public void close() {
        supervisor.close();
        faults.shutdownNow();
        faults.close();
    }
}
