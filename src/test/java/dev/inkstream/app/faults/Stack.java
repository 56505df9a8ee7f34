package dev.inkstream.app.faults;

import dev.inkstream.app.cluster.KafkaSettings;
import dev.inkstream.stream.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/// A broker and the roles against it, each a process, and their supervisor: a role that ends is started again. Not
/// thread-safe.
final class Stack implements AutoCloseable {
    static final List<String> STATIC_ROLES = List.of("classifier-1", "trainer", "evaluator", "labeler");
    static final String DYNAMIC_CLASSIFIER = "classifier-2";
    static final List<String> SHAPE = List.of("--image-size", "4x4", "--classes", "3");
    static final List<String> TRAINING = List.of("--hidden", "5", "--seed", "7", "--snapshot-every", "10");

    private static final long START_SECONDS = 180;

    private final Path directory;
    private final int port;
    private final Topics topics;
    private final Map<String, Member> roles = new LinkedHashMap<>();
    private final List<String> ends = new ArrayList<>();
    private Member broker;
    private int started;

    Stack(Path directory, int port, Topics topics) throws IOException, InterruptedException {
        this.directory = directory;
        this.port = port;
        this.topics = topics;
        broker = startBroker();
    }

    String address() {
        return "127.0.0.1:" + port;
    }

    KafkaSettings kafka() {
        return KafkaSettings.at(address());
    }

    /// Role and sentence of each role that has ended and was started again.
    List<String> ends() {
        return List.copyOf(ends);
    }

    Member role(String name) {
        return roles.get(name);
    }

    void startRoles() throws IOException {
        for (String role : STATIC_ROLES) {
            roles.put(role, start(role));
        }
        roles.put(DYNAMIC_CLASSIFIER, start(DYNAMIC_CLASSIFIER));
    }

    /// Another process of a role, beside the one that the supervisor looks after.
    Member start(String role) throws IOException {
        String command = role.replaceFirst("-\\d$", "");
        List<String> args = new ArrayList<>(List.of(
                command, "--bootstrap-server", address(), "--topic-prefix", topics.prefix(), "--monitor-port", "off"));
        if (!role.equals(DYNAMIC_CLASSIFIER)) {
            args.addAll(List.of("--instance-id", role));
        }
        if (!command.equals("labeler")) {
            args.addAll(SHAPE);
        }
        if (command.equals("evaluator")) {
            args.addAll(List.of("--promotion", "always"));
        }
        if (command.equals("trainer")) {
            args.addAll(TRAINING);
        }
        return new Member(role, log(role), args);
    }

    /// The supervisor looks after another process of a role from now on.
    void replace(String role, Member successor) {
        roles.put(role, successor);
    }

    void restart(String role) throws IOException {
        roles.put(role, start(role));
    }

    void killBroker() {
        broker.kill();
    }

    void restartBroker() throws IOException, InterruptedException {
        broker = startBroker();
    }

    /// Starts again each role that has ended.
    void supervise() throws IOException {
        for (String role : List.copyOf(roles.keySet())) {
            Member member = roles.get(role);
            if (!member.isAlive()) {
                ends.add(role + ": " + member.status() + " " + member.lastWords());
                restart(role);
            }
        }
        if (!broker.isAlive()) {
            throw new AssertionError("the broker has ended: " + broker.printed());
        }
    }

    /// Waits for a condition while the supervisor works.
    void await(String what, Duration patience, BooleanSupplier done) throws IOException, InterruptedException {
        long start = System.nanoTime();
        while (!done.getAsBoolean()) {
            if (System.nanoTime() - start > patience.toNanos()) {
                throw new AssertionError("not within " + patience + ": " + what + "; ends: " + ends);
            }
            supervise();
            Thread.sleep(200);
        }
    }

    /// Waits until a process prints a text.
    void awaitPrinted(Member member, String text) throws IOException, InterruptedException {
        long start = System.nanoTime();
        while (!member.printed().contains(text)) {
            if (!member.isAlive()
                    || System.nanoTime() - start
                            > Duration.ofSeconds(START_SECONDS).toNanos()) {
                throw new AssertionError(member.name() + " has not printed '" + text + "': " + member.printed());
            }
            Thread.sleep(50);
        }
    }

    private Member startBroker() throws IOException, InterruptedException {
        Path data = directory.resolve("broker");
        Member started = new Member(
                "broker", log("broker"), List.of("broker", "--port", String.valueOf(port), "--data", data.toString()));
        awaitPrinted(started, "Kafka is ready");
        return started;
    }

    private Path log(String name) {
        return directory.resolve("%s.%03d.log".formatted(name, started++));
    }

    /// Kills all processes.
    @Override
    public void close() {
        for (Member member :
                Stream.concat(roles.values().stream(), Stream.of(broker)).toList()) {
            member.kill();
        }
    }
}
