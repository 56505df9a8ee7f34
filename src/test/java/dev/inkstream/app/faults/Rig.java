package dev.inkstream.app.faults;

import dev.inkstream.app.faults.agent.Mutant;
import dev.inkstream.app.topics.TopicCreation;
import dev.inkstream.stream.Topic;
import dev.inkstream.stream.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.awaitility.Awaitility;

/// A stack under load, and what injects faults into it. To be used by one thread.
///
/// The tests of a build run in several processes. One of them has a rig at a time: a rig is six busy processes already.
final class Rig implements AutoCloseable {
    static final Topics TOPICS = new Topics("f.");

    private static final int PARTITIONS = 4;
    private static final int FIRST = 100;
    private static final Duration SETTLES = Duration.ofMinutes(5);
    private static final Duration CATCHES_UP = Duration.ofMinutes(4);

    /// Longer than a window of live accuracy.
    private static final Duration NEXT_WINDOW = Duration.ofSeconds(6);

    private static final Duration CHECK_EVERY = Duration.ofSeconds(1);

    private static final Path TURN = Path.of("target", "rig.lock");

    private final FileChannel turn;
    private final Topics topics;
    private final Stack stack;
    private final Admin admin;
    private final Load load;
    private final Progress progress;
    private final FaultRun run;

    /// Starts a broker and these roles, which can be halted, and the load.
    ///
    /// @param mutant a defect of all roles
    Rig(Path directory, List<Target> roles, Optional<Mutant> mutant, long seed)
            throws IOException, InterruptedException {
        this(directory, roles, new Stack.Setup(freePort(), TOPICS, mutant, true), seed);
    }

    Rig(Path directory, List<Target> roles, Stack.Setup setup, long seed) throws IOException, InterruptedException {
        turn = FileChannel.open(TURN, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        var _ = turn.lock();
        topics = setup.topics();
        stack = new Stack(directory, setup);
        admin = Admin.create(stack.kafka().admin());
        load = new Load(stack.kafka(), topics, seed);
        TopicCreation.create(admin, topics.specs(PARTITIONS), Optional.empty());
        load.start();
        stack.startRoles(roles);
        progress = new Progress(admin, topics, stack);
        run = new FaultRun(stack, new Injector(stack, new GroupOffsets(admin, topics)), progress, System.out::println);
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return Integer.getInteger("inkstream.faults.port", socket.getLocalPort());
        }
    }

    Stack stack() {
        return stack;
    }

    Progress progress() {
        return progress;
    }

    FaultRun run() {
        return run;
    }

    Oracle oracle() {
        return new Oracle(stack.kafka(), topics);
    }

    /// Waits until classifiers work.
    void awaitPredictions() {
        awaitRecords(topics.predictions(), FIRST);
    }

    /// Waits until so many versions are published.
    void awaitVersions(int count) {
        awaitRecords(topics.weightSnapshots(), count);
    }

    private void awaitRecords(Topic<?, ?> topic, int count) {
        try (Predicted records = new Predicted(stack.kafka(), topic.name())) {
            run.await(count + " records of " + topic.name(), CATCHES_UP, () -> records.count() >= count);
        }
    }

    /// Kills a role, starts it again, and waits until it has made progress.
    void kill(Target target) throws IOException, InterruptedException {
        run.inject(target);
    }

    /// Injects so many faults while the load lasts, and waits until all roles have recovered.
    void inject(Deck deck, int faults) throws IOException, InterruptedException {
        awaitPredictions();
        try (Predicted predicted =
                new Predicted(stack.kafka(), topics.predictions().name())) {
            run.inject(deck, faults, () -> {
                int sent = load.good();
                run.await(sent + " predictions", CATCHES_UP, () -> predicted.count() >= sent);
            });
        }
    }

    /// Stops the load, and waits until the log is as it must be. What is missing may still come.
    ///
    /// @return the checks, with differences if there are some for too long
    List<Finding> settle() throws InterruptedException {
        load.stop();
        load.sendEnd(1);
        Awaitility.await().pollDelay(NEXT_WINDOW).until(() -> true);
        load.sendEnd(2);
        long start = System.nanoTime();
        List<Finding> findings = check();
        // What comes late and twice is seen by the second look of two without a difference.
        boolean clean = false;
        while (!clean && System.nanoTime() - start < SETTLES.toNanos()) {
            boolean before = findings.stream().noneMatch(Finding::isDifferent);
            Awaitility.await().pollDelay(CHECK_EVERY).until(() -> true);
            findings = check();
            clean = before && findings.stream().noneMatch(Finding::isDifferent);
        }
        return findings;
    }

    private List<Finding> check() {
        run.check();
        return oracle().findings(2);
    }

    @Override
    public void close() {
        run.close();
        load.close();
        admin.close();
        stack.close();
        try {
            turn.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
