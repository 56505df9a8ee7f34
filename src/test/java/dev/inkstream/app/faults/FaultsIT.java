package dev.inkstream.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkstream.app.topics.TopicCreation;
import dev.inkstream.stream.Topics;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/// Kills, pauses and replaces roles and kills the broker, in an order drawn from a seed, while images and labels come.
/// At the end nothing has been predicted twice, nothing is lost, the versions are those of a plain loop, and no role
/// was displaced by the one that it replaced.
///
/// The build runs each fault once but those that kill the broker twice within seconds: a transaction may then stay
/// without its end in one partition (docs/adr/0010). `.ci/faults N SEED` runs as many as are wanted, those among them.
final class FaultsIT {
    private static final List<Fault> EACH =
            List.of(Fault.KILL, Fault.ZOMBIE, Fault.PAUSE, Fault.DUPLICATE, Fault.BROKER);
    private static final int DRAWN = Integer.getInteger("inkstream.faults", 0);
    private static final int FAULTS = DRAWN == 0 ? EACH.size() : DRAWN;
    private static final long SEED = Long.getLong("inkstream.faults.seed", 20_261_126);
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private final Topics topics = new Topics("f.");
    private final Random random = new Random(SEED);
    private int zombies;

    @Test
    void nothingIsRepeatedLostOrDisplaced(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path directory) throws Exception {
        try (Stack stack = new Stack(directory, freePort(), topics);
                Admin admin = Admin.create(stack.kafka().admin());
                Load load = new Load(stack.kafka(), topics, SEED)) {
            TopicCreation.create(admin, topics.specs(4), Optional.empty());
            load.start();
            stack.startRoles();
            injectAll(stack, load);
            load.stop();
            Oracle oracle = new Oracle(stack.kafka(), topics);
            awaitEnd(stack, oracle);
            assertThat(stack.ends())
                    .allMatch(
                            end -> end.contains(": 1 ") && !end.contains(Member.NOTHING_SAID),
                            "ended with its sentence");
            assertThat(stack.ends()).noneMatch(end -> end.contains("please report it"));
            say("%d faults, %d zombies, none displaced its successor; %s", FAULTS, zombies, oracle.check());
            say("roles that ended and were started again: %s", stack.ends());
        }
    }

    private void injectAll(Stack stack, Load load) throws IOException, InterruptedException {
        try (Predicted predicted =
                new Predicted(stack.kafka(), topics.predictions().name())) {
            awaitPredictions(stack, load, predicted);
            for (int i = 1; i <= FAULTS; i++) {
                Fault fault = DRAWN == 0 ? EACH.get(i - 1) : Fault.next(random);
                say("fault %d of %d: %s", i, FAULTS, inject(fault, stack));
                awaitPredictions(stack, load, predicted);
            }
        }
    }

    private String inject(Fault fault, Stack stack) throws IOException, InterruptedException {
        String role = Stack.STATIC_ROLES.get(random.nextInt(Stack.STATIC_ROLES.size()));
        switch (fault) {
            case KILL -> {
                role = random.nextInt(5) == 0 ? Stack.DYNAMIC_CLASSIFIER : role;
                stack.role(role).kill();
                stack.restart(role);
            }
            case ZOMBIE -> {
                if (random.nextInt(5) == 0) {
                    role = Stack.DYNAMIC_CLASSIFIER;
                    pause(stack.role(role), 11_000);
                } else {
                    zombie(stack, role);
                }
            }
            case PAUSE -> pause(stack.role(role), 500 + random.nextInt(14_500));
            case DUPLICATE -> duplicate(stack, role);
            case BROKER -> bounce(stack, 1);
            case BROKER_TWICE -> bounce(stack, 2);
            case BROKER_TWICE_AND_ROLE -> {
                stack.role(role).kill();
                bounce(stack, 2);
                stack.restart(role);
            }
        }
        return fault + (fault.name().startsWith("BROKER") ? "" : " " + role);
    }

    /// The one before it ends for good, with its sentence, and the successor stays.
    private void zombie(Stack stack, String role) throws IOException, InterruptedException {
        Member zombie = stack.role(role);
        zombie.pause();
        Member successor = stack.start(role);
        stack.replace(role, successor);
        stack.awaitPrinted(successor, "works on");
        TimeUnit.MILLISECONDS.sleep(random.nextInt(3_000));
        zombie.resume();
        assertThat(zombie.endsWithin(120))
                .as("the paused %s ends: %s", role, zombie.printed())
                .isTrue();
        assertThat(zombie.status()).as(zombie.lastWords()).isEqualTo(1);
        assertThat(zombie.lastWords()).doesNotContain("please report it").isNotEqualTo(Member.NOTHING_SAID);
        assertThat(successor.endsWithin(4))
                .as("%s is displaced: %s", role, successor.printed())
                .isFalse();
        say("  %s", zombie.lastWords());
        zombies++;
    }

    private static void pause(Member member, int millis) throws IOException, InterruptedException {
        member.pause();
        TimeUnit.MILLISECONDS.sleep(millis);
        member.resume();
    }

    private static void duplicate(Stack stack, String role) throws IOException, InterruptedException {
        stack.awaitPrinted(stack.role(role), "works on");
        Member second = stack.start(role);
        assertThat(second.endsWithin(120))
                .as("a second %s ends: %s", role, second.printed())
                .isTrue();
        assertThat(second.lastWords()).contains("is running at").endsWith("give this one another --instance-id");
        assertThat(second.status()).isEqualTo(1);
        assertThat(stack.role(role).isAlive()).as("the first %s", role).isTrue();
    }

    private void bounce(Stack stack, int times) throws IOException, InterruptedException {
        for (int i = 0; i < times; i++) {
            stack.killBroker();
            stack.restartBroker();
            TimeUnit.MILLISECONDS.sleep(i == times - 1 ? 0 : random.nextInt(3_000));
        }
    }

    /// Both classifiers work: nearly all that was sent up to now is predicted.
    private static void awaitPredictions(Stack stack, Load load, Predicted predicted)
            throws IOException, InterruptedException {
        int sent = Math.max(100, load.sent());
        stack.await(sent + " images are predicted", PATIENCE, () -> predicted.count() >= sent - sent / 40);
    }

    /// Waits as long as something is missing; what is repeated stays wrong.
    private static void awaitEnd(Stack stack, Oracle oracle) throws IOException, InterruptedException {
        try {
            stack.await("all is as it must be", PATIENCE, () -> {
                try {
                    return !oracle.check().isEmpty();
                } catch (AssertionError e) {
                    return false;
                }
            });
        } catch (AssertionError e) {
            throw new AssertionError(oracle.check(), e);
        }
    }

    private static void say(String format, Object... args) {
        System.out.printf(format + "%n", args);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return Integer.getInteger("inkstream.faults.port", socket.getLocalPort());
        }
    }
}
