package dev.inkstream.app.faults;

import static org.awaitility.Awaitility.await;

import dev.inkstream.app.cluster.KafkaSettings;
import dev.inkstream.app.faults.agent.FaultAgent;
import dev.inkstream.app.faults.agent.Mutant;
import dev.inkstream.stream.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/// A broker and the roles against it, each a process, and their supervisor: a role that ends is started again, unless a
/// fault holds it. Thread-safe.
final class Stack implements AutoCloseable {
    /// How long a process may take to start, or to end, on a machine that does much else.
    static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final String AGENT_NONE = "";

    private final Path directory;
    private final Path agent;
    private final Setup setup;
    private final Map<Target, Member> members = new ConcurrentHashMap<>();
    private final Map<Target, ReentrantLock> held = new EnumMap<>(Target.class);
    private final List<String> ends = new CopyOnWriteArrayList<>();
    private final AtomicInteger started = new AtomicInteger();

    /// @param port of the broker
    /// @param mutant a defect of all roles
    /// @param halts whether roles can be ordered to halt; else they run with the options that the launcher gives them
    record Setup(int port, Topics topics, Optional<Mutant> mutant, boolean halts) {
        KafkaSettings kafka() {
            return KafkaSettings.at("127.0.0.1:" + port);
        }
    }

    Stack(Path directory, Setup setup) throws IOException {
        this.directory = directory;
        this.setup = setup;
        agent = FaultAgent.jar(directory);
        for (Target target : Target.values()) {
            held.put(target, new ReentrantLock());
        }
        startBroker();
    }

    KafkaSettings kafka() {
        return setup.kafka();
    }

    Topics topics() {
        return setup.topics();
    }

    /// Role and sentence of each role that has ended by itself and was started again.
    List<String> ends() {
        return List.copyOf(ends);
    }

    Member member(Target target) {
        return members.get(target);
    }

    /// What happens to a process that the supervisor does not look after meanwhile.
    @FunctionalInterface
    interface Action {
        void run() throws IOException, InterruptedException;
    }

    void hold(Target target, Action action) throws IOException, InterruptedException {
        ReentrantLock lock = held.get(target);
        lock.lockInterruptibly();
        try {
            action.run();
        } finally {
            lock.unlock();
        }
    }

    void startRoles(List<Target> roles) throws IOException {
        for (Target role : roles) {
            restart(role);
        }
    }

    /// Another process of a role, beside the one that the supervisor looks after.
    ///
    /// @param order where it halts, as in [dev.inkstream.app.faults.agent.Halts]; empty for a process that does not
    Member start(Target role, String order) throws IOException {
        List<String> options = new ArrayList<>(List.of(
                "-XX:+UseSerialGC",
                "-DINKSTREAM_KAFKA_LOG_LEVEL=WARN",
                "-Djava.io.tmpdir=" + Files.createDirectories(home(role))));
        if (setup.halts()) {
            options.add("-XX:TieredStopAtLevel=1");
            options.add(
                    FaultAgent.option(agent, setup.mutant().map(Mutant::name).orElse(order)));
        }
        return new Member(role, log(role), options, RoleArguments.of(role, setup));
    }

    /// The supervisor looks after another process of a role from now on.
    void replace(Target role, Member successor) {
        members.put(role, successor);
    }

    void restart(Target role) throws IOException {
        replace(role, start(role, AGENT_NONE));
    }

    /// What a role has on disk, its state directory included.
    Path home(Target role) {
        return directory.resolve("home").resolve(role.title());
    }

    void startBroker() throws IOException {
        Path data = directory.resolve("broker");
        Member broker = new Member(
                Target.BROKER,
                log(Target.BROKER),
                List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-DINKSTREAM_KAFKA_LOG_LEVEL=INFO"),
                List.of("broker", "--port", String.valueOf(setup.port()), "--data", data.toString()));
        replace(Target.BROKER, broker);
        await("the broker").atMost(PATIENCE).until(() -> {
            if (!broker.isAlive()) {
                throw new IllegalStateException("the broker has ended: " + broker.printed());
            }
            return broker.printed().contains("Kafka is ready");
        });
    }

    /// Starts again each role that has ended and that no fault holds.
    void supervise() throws IOException {
        for (Target target : List.copyOf(members.keySet())) {
            ReentrantLock lock = held.get(target);
            if (lock.tryLock()) {
                try {
                    restartIfEnded(target);
                } finally {
                    lock.unlock();
                }
            }
        }
    }

    private void restartIfEnded(Target target) throws IOException {
        Member member = member(target);
        if (member.isAlive()) {
            return;
        }
        if (target == Target.BROKER) {
            throw new AssertionError("the broker has ended: " + member.printed());
        }
        ends.add(target + ": " + member.status() + " " + member.lastWords());
        restart(target);
    }

    private Path log(Target target) {
        return directory.resolve("%s.%04d.log".formatted(target, started.getAndIncrement()));
    }

    /// Kills all processes.
    @Override
    public void close() {
        new ArrayList<>(members.values()).forEach(Member::kill);
    }
}
