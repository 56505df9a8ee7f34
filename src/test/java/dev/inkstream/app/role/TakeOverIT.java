package dev.inkstream.app.role;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.inkstream.app.broker.EmbeddedBroker;
import dev.inkstream.app.cluster.KafkaSettings;
import dev.inkstream.app.topics.TopicCreation;
import dev.inkstream.stream.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// What a process waits for that takes over an instance id on the same host.
@EnabledOnOs(OS.LINUX)
final class TakeOverIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String WAITS = "the process before this one as instance trainer of takeover.trainer-digits may"
            + " be alive; waits 2500 ms for a sign of it";
    private static final String WORKS = "works on [takeover.labeled-images-0]";

    private final Topics topics = new Topics("takeover.");
    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void killAll() {
        started.forEach(Process::destroyForcibly);
    }

    @Test
    void aKilledProcessIsNotWaitedForAndAPausedOneIs(@TempDir Path logs) throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(0);
                Admin admin = Admin.create(KafkaSettings.at(broker.address()).admin())) {
            TopicCreation.create(admin, topics.specs(1), Optional.empty());
            Process killed = trainer(broker, logs.resolve("killed.log"));
            killed.destroyForcibly().waitFor();

            Process paused = trainer(broker, logs.resolve("paused.log"));
            assertThat(logs.resolve("paused.log")).content().doesNotContain(WAITS);
            signal("STOP", paused);

            Process successor = trainer(broker, logs.resolve("successor.log"));
            assertThat(logs.resolve("successor.log")).content().containsOnlyOnce(WAITS);
            signal("CONT", paused);
            await("the replaced process ends").atMost(PATIENCE).until(() -> !paused.isAlive());
            assertThat(paused.exitValue()).isEqualTo(1);
            assertThat(successor.isAlive()).isTrue();
        }
    }

    /// Returns once it works.
    private Process trainer(EmbeddedBroker broker, Path log) throws IOException {
        Process trainer = ChildProcess.start(
                log,
                "trainer",
                "--monitor-port",
                "off",
                "--bootstrap-server",
                broker.address(),
                "--topic-prefix",
                topics.prefix(),
                // However long a start takes, the process before it is still a member of the group.
                "--command-property",
                "consumer.session.timeout.ms=300000");
        started.add(trainer);
        await("a trainer works").atMost(PATIENCE).until(() -> {
            String printed = Files.readString(log);
            assertThat(trainer.isAlive()).as(printed).isTrue();
            return printed.contains(WORKS);
        });
        return trainer;
    }

    private static void signal(String signal, Process process) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }
}
