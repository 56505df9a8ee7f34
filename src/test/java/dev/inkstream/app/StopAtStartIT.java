package dev.inkstream.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.inkstream.app.console.StopSignal;
import dev.inkstream.app.role.RoleFactory;
import dev.inkstream.classifier.ClassifierSettings;
import dev.inkstream.codec.InMemorySchemaRegistry;
import dev.inkstream.network.NetworkShape;
import dev.inkstream.network.Preset;
import dev.inkstream.stream.ImageFormat;
import dev.inkstream.stream.admin.TopicLookup;
import dev.inkstream.trainer.TrainerSettings;
import dev.inkstream.trainer.Training;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.ServerSocket;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A stop that is requested before a role runs ends it soon, whatever it waits for.
@ExtendWith(ClusterExtension.class)
class StopAtStartIT {
    private static final ImageFormat FORMAT = new ImageFormat(2, 2, 2);
    private static final Training.Settings TRAINING =
            new Training.Settings("digits", Preset.MODERN.config(NetworkShape.of(4, 3, 2)), 1, 2);

    private final Cluster cluster;

    StopAtStartIT(Cluster cluster) {
        this.cluster = cluster;
    }

    @Test
    void whileTopicsAreMissing() {
        CommandRun role = cluster.start("labeler", "--monitor-port", "off");
        role.awaitThat(() -> role.log().stream().anyMatch(line -> line.contains("waiting up to 60 s: there are no")));
        // Waits 30 s at most.
        assertThat(role.stop().status()).isEqualTo(130);
    }

    /// A role says so in its log, any other command on standard error.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "labeler --monitor-port off",
                "topics create",
                "topics list",
                "feed holdout",
                "predictions",
                "dead-letters",
                "dead-letters redrive",
                "models list"
            })
    void whileNoBrokerAnswers(String command) throws Exception {
        try (ServerSocket silent = new ServerSocket(0)) {
            String address = "localhost:" + silent.getLocalPort();
            CommandRun run = CommandRun.start((command + " --bootstrap-server " + address).split(" "));
            String sentence = "no Kafka broker at " + address + " has answered yet; waiting up to ";
            run.awaitThat(() -> (run.err() + run.log()).contains(sentence));
            assertThat(run.stop().status()).isEqualTo(130);
        }
    }

    @Test
    void whileItReadsWhatServesOrItsCheckpoint() throws Exception {
        cluster.withTopics();
        StopSignal stop = new StopSignal();
        stop.request();
        try (Admin admin = Admin.create(cluster.kafka().admin())) {
            RoleFactory roles = new RoleFactory(
                            cluster.kafka(), admin, new InMemorySchemaRegistry(), new SimpleMeterRegistry(), line -> {})
                    .stoppedBy(stop);
            assertThatExceptionOfType(InterruptedException.class)
                    .isThrownBy(() -> roles.classifier(
                            new ClassifierSettings(cluster.topics(), "digits", FORMAT), 1, Optional.empty()))
                    .withMessage("stopped while reading ["
                            + cluster.topics().servingWeights().name() + "]");
            TrainerSettings trainer = new TrainerSettings(cluster.topics(), TRAINING, FORMAT);
            admin.createTopics(List.of(new NewTopic(trainer.checkpointTopic(), 1, (short) 1)))
                    .all()
                    .get();
            var _ = TopicLookup.of(admin).require(trainer.checkpointTopic());
            assertThatExceptionOfType(InterruptedException.class)
                    .isThrownBy(() -> roles.trainer(trainer, Optional.empty()))
                    .withMessage("stopped while reading [" + trainer.checkpointTopic() + "]");
        }
    }
}
