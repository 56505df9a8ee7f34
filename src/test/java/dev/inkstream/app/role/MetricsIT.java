package dev.inkstream.app.role;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.inkstream.app.broker.EmbeddedBroker;
import dev.inkstream.app.cluster.KafkaSettings;
import dev.inkstream.app.feed.Feeder;
import dev.inkstream.app.monitor.MetricsTable;
import dev.inkstream.app.monitor.Monitor;
import dev.inkstream.app.monitor.MonitorServer;
import dev.inkstream.app.topics.TopicCreation;
import dev.inkstream.classifier.ClassifierSettings;
import dev.inkstream.codec.InMemorySchemaRegistry;
import dev.inkstream.dataset.DrawnDigits;
import dev.inkstream.dataset.Images;
import dev.inkstream.evaluator.DecisionRules;
import dev.inkstream.evaluator.EvaluatorSettings;
import dev.inkstream.evaluator.PromotionPolicy;
import dev.inkstream.labeler.LabelerSettings;
import dev.inkstream.monitoring.DebianTools;
import dev.inkstream.network.NetworkShape;
import dev.inkstream.network.Preset;
import dev.inkstream.stream.ImageFormat;
import dev.inkstream.stream.Topic;
import dev.inkstream.stream.Topics;
import dev.inkstream.trainer.TrainerSettings;
import dev.inkstream.trainer.Training;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

/// Runs the roles until each has done all that it counts, and compares what they expose with `docs/metrics.md`.
final class MetricsIT {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int IMAGES = 40;

    /// A version every 4 mini-batches.
    private static final Training.Settings TRAINING =
            new Training.Settings("digits", Preset.MODERN.config(NetworkShape.of(784, 10, 10)), 1, 4);

    private static final ImageFormat FORMAT = new ImageFormat(28, 28, 10);

    /// Every topic that is read, internal ones too: a lag that was never measured is not there.
    private static final Set<String> LAGS = Set.of(
            "classifier m.images",
            "classifier m.serving-weights",
            "trainer m.labeled-images",
            "evaluator m.weight-snapshots",
            "evaluator m.holdout-images",
            "evaluator m.model-commands",
            "evaluator m.predictions",
            "evaluator m.labels",
            "evaluator outcome-events-by-image-id-repartition",
            "evaluator counted-outcomes-repartition",
            "labeler m.images",
            "labeler m.labels",
            "labeler arrivals-by-image-id-repartition");

    /// Nothing drifts here, and the policy runs no shadow.
    private static final List<String> ABSENT =
            List.of("inkstream_drift_error_ratio", "inkstream_shadow_version", "inkstream_decided_shadow_version");

    private final Topics topics = new Topics("m.");
    private final InMemorySchemaRegistry registry = new InMemorySchemaRegistry();
    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void whatIsExposedIsWhatIsDocumented() throws Exception {
        Monitor monitor = new Monitor();
        try (EmbeddedBroker broker = EmbeddedBroker.start(0);
                Admin admin = Admin.create(KafkaSettings.at(broker.address()).admin());
                MonitorServer server =
                        MonitorServer.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), monitor)) {
            KafkaSettings kafka = KafkaSettings.at(broker.address());
            TopicCreation.create(admin, topics.specs(2), Optional.empty());
            RoleFactory roles = new RoleFactory(kafka, admin, registry, monitor.meters(), line -> {});
            String scrape = run(roles, kafka, monitor, server.url());

            MetricsTable documented = MetricsTable.documented();
            for (String absent : ABSENT) {
                assertThat(documented.rows().remove(absent)).as(absent).isNotNull();
            }
            assertThat(MetricsTable.exposed(scrape).openedAs(documented).rows()).isEqualTo(documented.rows());
            assertThat(MetricsTable.seriesByRole(scrape))
                    .containsOnlyKeys("classifier", "trainer", "evaluator", "labeler")
                    .allSatisfy((role, series) -> assertThat(series).as(role).isLessThan(500));
            System.out.printf(
                    "/metrics: series by role %s, median %.1f ms over 20 scrapes%n",
                    MetricsTable.seriesByRole(scrape), medianMillis(server.url()));
            assertCounts(scrape);
            assertPromtoolAccepts(scrape);
        } finally {
            client.close();
        }
    }

    private String run(RoleFactory roles, KafkaSettings kafka, Monitor monitor, URI metrics) throws Exception {
        try (Role classifier =
                roles.classifier(new ClassifierSettings(topics, TRAINING.model(), FORMAT), 1, Optional.empty())) {
            monitor.watch(classifier.health());
            await().atMost(PATIENCE)
                    .until(
                            () -> get(metrics.resolve("/readyz")).body(),
                            body -> body.equals("classifier: no weights yet\n"));
            assertThat(get(metrics.resolve("/readyz")).statusCode()).isEqualTo(503);
            assertThat(get(metrics.resolve("/livez")).statusCode()).isEqualTo(200);
            feed(kafka);
            String scrape = learn(roles, monitor, metrics);
            HttpResponse<String> live = get(metrics.resolve("/livez"));
            assertThat(live.statusCode()).isEqualTo(503);
            assertThat(live.body()).isEqualTo("trainer: Kafka Streams is NOT_RUNNING\n");
            return scrape;
        }
    }

    /// With the other roles, until all is done; they are stopped then.
    private String learn(RoleFactory roles, Monitor monitor, URI metrics) throws Exception {
        try (Role trainer = roles.trainer(new TrainerSettings(topics, TRAINING, FORMAT), Optional.of("test"));
                Role evaluator = roles.evaluator(
                        new EvaluatorSettings(
                                topics, TRAINING.model(), FORMAT, DecisionRules.of(PromotionPolicy.ALWAYS)),
                        1,
                        Optional.of("test"));
                Role labeler = roles.labeler(
                        new LabelerSettings(topics, Duration.ofMinutes(5), 10_000_000, 2), 1, Optional.of("test"))) {
            monitor.watch(trainer.health());
            monitor.watch(labeler.health());
            monitor.watch(evaluator.health());
            String scrape = awaitAllDone(metrics);
            assertThat(get(metrics.resolve("/readyz")).body()).isEqualTo("ready\n");
            return scrape;
        }
    }

    /// Images to classify, to learn from and to hold out; and on each topic a record that is none.
    private void feed(KafkaSettings kafka) throws Exception {
        Images images = DrawnDigits.images(1, 0, IMAGES);
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(kafka.producer(), new StringSerializer(), (topic, value) -> value)) {
            for (String topic : new String[] {
                topics.images().name(),
                topics.labels().name(),
                topics.labeledImages().name(),
                topics.holdoutImages().name(),
                topics.servingWeights().name()
            }) {
                producer.send(new ProducerRecord<>(topic, "bad", "bad".getBytes(StandardCharsets.UTF_8)))
                        .get();
            }
        }
        try (Feeder feeder = new Feeder(kafka, registry, InstantSource.system())) {
            feeder.labeled(images, plan(topics.holdoutImages()), sent -> true);
            feeder.labeled(images, new Feeder.Plan(topics.labeledImages(), "t", 16, null, 0), sent -> true);
            feeder.images(images, plan(topics.images()), sent -> true);
        }
    }

    private static Feeder.Plan plan(Topic<String, ?> topic) {
        return new Feeder.Plan(topic, "t", 1, null, 0);
    }

    private String awaitAllDone(URI metrics) {
        return await().atMost(PATIENCE)
                .until(
                        () -> get(metrics).body(),
                        scrape -> value(scrape, "inkstream_images_total{model=\"digits\",role=\"classifier\"}")
                                        // One of them is a dead letter.
                                        == IMAGES + 1
                                && value(scrape, "inkstream_holdout_version{model=\"digits\",role=\"evaluator\"}") == 10
                                && value(scrape, "inkstream_model_version{model=\"digits\",role=\"classifier\"}") == 10
                                && value(
                                                scrape,
                                                "inkstream_dead_letters_total{reason=\"UNDECODABLE\",role=\"labeler\",topic=\"m.labels\"}")
                                        == 1
                                && value(
                                                scrape,
                                                "inkstream_consumer_lag_records{model=\"digits\",role=\"trainer\",topic=\"m.labeled-images\"}")
                                        == 0
                                && lags(scrape).equals(LAGS));
    }

    private static Set<String> lags(String scrape) {
        return scrape.lines()
                .filter(line -> line.startsWith("inkstream_consumer_lag_records{"))
                .map(line -> line.replaceFirst(".*role=\"(\\w+)\",topic=\"([^\"]+)\"}.*", "$1 $2"))
                .collect(Collectors.toSet());
    }

    private static void assertCounts(String scrape) {
        assertThat(LongStream.range(0, 10)
                        .mapToDouble(label -> value(
                                scrape,
                                "inkstream_predictions_total{model=\"digits\",prediction=\"" + label
                                        + "\",role=\"classifier\"}"))
                        .sum())
                .isEqualTo(IMAGES);
        assertThat(
                        value(
                                scrape,
                                "inkstream_classification_latency_seconds_count{model=\"digits\",role=\"classifier\",since=\"capture\"}"))
                .isEqualTo(IMAGES);
        assertThat(
                        value(
                                scrape,
                                "inkstream_snapshots_refused_total{model=\"digits\",reason=\"UNDECODABLE\",role=\"classifier\"}"))
                .isEqualTo(1);
        assertThat(value(scrape, "inkstream_examples_trained_total{model=\"digits\",role=\"trainer\"}"))
                .isEqualTo(16 * IMAGES);
        assertThat(value(scrape, "inkstream_mini_batches_total{model=\"digits\",role=\"trainer\"}"))
                .isEqualTo(IMAGES);
        assertThat(value(scrape, "inkstream_prequential_total{model=\"digits\",outcome=\"correct\",role=\"trainer\"}")
                        + value(
                                scrape,
                                "inkstream_prequential_total{model=\"digits\",outcome=\"wrong\",role=\"trainer\"}"))
                .isEqualTo(16 * IMAGES);
        assertThat(value(scrape, "inkstream_snapshots_published_total{model=\"digits\",role=\"trainer\"}"))
                .isEqualTo(11);
        assertThat(value(scrape, "inkstream_decisions_total{kind=\"promoted\",model=\"digits\",role=\"evaluator\"}"))
                .isEqualTo(11);
        assertThat(value(scrape, "inkstream_learning_rate{model=\"digits\",role=\"trainer\"}"))
                .isEqualTo(0.004);
        assertThat(value(scrape, "inkstream_gradient_norm{model=\"digits\",role=\"trainer\"}"))
                .isPositive();
        assertThat(value(scrape, "inkstream_holdout_accuracy_ratio{model=\"digits\",role=\"evaluator\"}"))
                .isBetween(0.05, 1.0);
        assertThat(
                        value(
                                scrape,
                                "inkstream_dead_letters_total{model=\"digits\",reason=\"UNDECODABLE\",role=\"trainer\",topic=\"m.labeled-images\"}"))
                .isEqualTo(1);
    }

    /// Shown, not asserted: how long it takes is the machine's affair too. `.ci/dashboards` shows it of the demo.
    private double medianMillis(URI metrics) throws Exception {
        double[] millis = new double[20];
        for (int i = 0; i < millis.length; i++) {
            long start = System.nanoTime();
            get(metrics);
            millis[i] = (System.nanoTime() - start) / 1e6;
        }
        Arrays.sort(millis);
        return (millis[9] + millis[10]) / 2;
    }

    private static void assertPromtoolAccepts(String scrape) throws Exception {
        Path promtool = DebianTools.need("promtool");
        Path in = Files.createTempFile("metrics-scrape", ".txt");
        Path out = Files.createTempFile("metrics-promtool", ".txt");
        try {
            Files.writeString(in, scrape);
            int status = new ProcessBuilder(promtool.toString(), "check", "metrics")
                    .redirectInput(in.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(out.toFile())
                    .start()
                    .waitFor();
            assertThat(status).as(Files.readString(out)).isZero();
        } finally {
            Files.delete(in);
            Files.delete(out);
        }
    }

    /// NaN if there is no such series.
    private static double value(String scrape, String series) {
        return scrape.lines()
                .filter(line -> line.startsWith(series + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
                .findFirst()
                .orElse(Double.NaN);
    }

    private HttpResponse<String> get(URI uri) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(uri).timeout(PATIENCE).build(), BodyHandlers.ofString());
    }
}
