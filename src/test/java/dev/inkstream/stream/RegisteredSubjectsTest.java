package dev.inkstream.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.inkstream.codec.RegistryPatience;
import dev.inkstream.codec.RegistryTime;
import dev.inkstream.codec.RegistryUrl;
import dev.inkstream.codec.RestSchemaRegistry;
import dev.inkstream.evaluator.DecisionRules;
import dev.inkstream.evaluator.EvaluatorSettings;
import dev.inkstream.evaluator.EvaluatorTopology;
import dev.inkstream.evaluator.PromotionPolicy;
import dev.inkstream.labeler.LabelerSettings;
import dev.inkstream.labeler.LabelerTopology;
import dev.inkstream.record.Label;
import dev.inkstream.trainer.TrainerSettings;
import dev.inkstream.trainer.TrainerTopology;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import org.apache.kafka.streams.Topology;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A registry is for what others read: what a role keeps for itself, in stores and internal topics, is not its
/// business.
class RegisteredSubjectsTest {
    private final Map<String, Integer> subjects = new ConcurrentSkipListMap<>();
    private HttpServer server;
    private RestSchemaRegistry registry;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/subjects/", this::register);
        server.start();
        registry = new RestSchemaRegistry(
                new RestSchemaRegistry.Settings(
                        List.of(RegistryUrl.parse(
                                "http://127.0.0.1:" + server.getAddress().getPort())),
                        Optional.empty(),
                        Optional.empty(),
                        true),
                RegistryPatience.ofCommand(Duration.ofSeconds(5)),
                RegistryTime.system(),
                notice -> {});
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void ofTheEvaluator() {
        Topology topology = new EvaluatorTopology(
                        new EvaluatorSettings(
                                Samples.TOPICS,
                                Samples.MODEL,
                                Samples.FORMAT,
                                DecisionRules.of(PromotionPolicy.ALWAYS)),
                        registry,
                        Topologies.NO_PAST,
                        new SimpleMeterRegistry())
                .get();
        try (Pipeline pipeline = new Pipeline(topology)) {
            pipeline.pipe(Samples.TOPICS.holdoutImages().name(), Samples.text("h"), Samples.bytes(Samples.example(0)));
            pipeline.pipe(
                    Samples.TOPICS.weightSnapshots().name(),
                    Samples.text(Samples.MODEL),
                    Samples.bytes(Samples.snapshot(0)));
        }
        assertThat(subjects)
                .containsOnlyKeys("t.evaluations-value", "t.model-decisions-value", "t.serving-weights-value");
    }

    @Test
    void ofTheLabeler() {
        Topology topology = new LabelerTopology(
                        new LabelerSettings(Samples.TOPICS, Duration.ofHours(1), 64_000_000, 1),
                        registry,
                        new SimpleMeterRegistry())
                .get();
        try (Pipeline pipeline = new Pipeline(topology)) {
            pipeline.pipe(Samples.TOPICS.images().name(), Samples.text("i"), Samples.bytes(Samples.image(0)));
            pipeline.pipe(
                    Samples.TOPICS.labels().name(),
                    Samples.text("i"),
                    Samples.bytes(new Label(1, Instant.ofEpochMilli(1_000))));
        }
        assertThat(subjects).containsOnlyKeys("t.labeled-images-value");
    }

    @Test
    void ofTheTrainer() {
        Topology topology = new TrainerTopology(
                        new TrainerSettings(Samples.TOPICS, Samples.TRAINING, Samples.FORMAT),
                        registry,
                        (from, to, reader) -> {},
                        new SimpleMeterRegistry())
                .get();
        try (Pipeline pipeline = new Pipeline(topology)) {
            pipeline.pipe(Samples.TOPICS.labeledImages().name(), Samples.text("i"), Samples.bytes(Samples.example(0)));
        }
        assertThat(subjects).containsOnlyKeys("t.weight-snapshots-value");
    }

    private void register(HttpExchange exchange) throws IOException {
        try (exchange) {
            String subject = exchange.getRequestURI().getPath().split("/")[2];
            int id = subjects.computeIfAbsent(subject, s -> subjects.size() + 1);
            byte[] answer = new ObjectMapper().writeValueAsBytes(Map.of("id", id));
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
        }
    }
}
