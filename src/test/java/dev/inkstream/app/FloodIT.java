package dev.inkstream.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkstream.app.Flood.Drawn;
import dev.inkstream.app.role.ChildProcess;
import dev.inkstream.record.Evaluation;
import dev.inkstream.record.InvalidRecordException;
import dev.inkstream.stream.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// All four roles, each with a heap of 256 MB, under records that cannot be used ([Flood.Kind]), in five codecs, and
/// some of them huge. No role may end; each record is one dead letter of each application that reads it and cannot use
/// it; and what comes of the good records between them is all there, once.
///
/// The build sends a few; `.ci/flood RECORDS MEGABYTES` sends as many as are wanted.
@ExtendWith(ClusterExtension.class)
class FloodIT {
    private static final int RECORDS = Integer.getInteger("inkstream.flood.records", 1_000);
    private static final int MEGABYTES = Integer.getInteger("inkstream.flood.megabytes", 40);

    /// One of so many records of a codec is huge: the first has the full size, those behind it that or less.
    private static final int HUGE_EVERY = 500;

    /// Sent by one producer, and kept in memory meanwhile.
    private static final int CHUNK = 500;

    /// Behind so many that cannot be used come four that can.
    private static final int GOOD_EVERY = 10;

    /// Snappy makes zeros 21 times smaller, the other codecs at least 200 times.
    private static final int MIN_RATIO = 15;

    private static final int LARGEST_HEADERS = 4_000_000;

    private static final int MAX_MESSAGE_BYTES = Math.max(20_000_000, MEGABYTES * 1_000_000 / MIN_RATIO);

    private static final List<String> CODECS = List.of("none", "gzip", "snappy", "lz4", "zstd");
    private static final long SEED = Long.getLong("inkstream.flood.seed", 20_261_126);

    private static final Duration PATIENCE = Duration.ofSeconds(180 + RECORDS / 10);

    /// Mini-batches from version to version: a hundred versions or so, however many records.
    private static final int SNAPSHOT_EVERY = 1 + RECORDS / 5_000;

    /// Examples from version to version.
    private static final int EXAMPLES = 16 * SNAPSHOT_EVERY;

    private static final Pattern PORT = Pattern.compile("metrics are on (http://\\S+)");
    private static final Pattern PASSED_OVER =
            Pattern.compile("(?m)^inkstream_redriven_passed_over_total\\S* ([0-9.]+)");
    private static final List<String> ROLES = List.of("classifier", "trainer", "evaluator", "labeler");
    private static final Pattern REFUSED = Pattern.compile("inkstream_snapshots_refused_total\\S* ([0-9.]+)");

    private final Cluster cluster;
    private final Topics topics;
    private final Random random = new Random(SEED);
    private final Flood flood;
    private final FloodExpectation expected;
    private final FloodDecisions decisions;
    private final byte[] zeros = new byte[MEGABYTES * 1_000_000];

    FloodIT(Cluster cluster) throws InterruptedException {
        this.cluster = cluster.withTopics(new FloodLimits(cluster.topics(), MAX_MESSAGE_BYTES)::raise);
        this.topics = cluster.topics();
        flood = new Flood(topics, SEED);
        expected = new FloodExpectation(topics);
        decisions = new FloodDecisions(cluster, expected);
    }

    @Test
    void noRoleEndsAndEachRecordIsWhatItMustBe(@TempDir Path logs) throws Exception {
        cluster.serving(1);
        Map<String, Process> roles = start(logs);
        try {
            await(
                    roles,
                    logs,
                    () -> roles.keySet().stream()
                            .allMatch(role -> read(logs.resolve(role)).contains("works on")));
            long start = System.nanoTime();
            send();
            assertOutcome(roles, logs);
            print(roles, expected.deadLetters().size(), Duration.ofNanos(System.nanoTime() - start));
        } finally {
            for (Process role : roles.values()) {
                role.destroy();
                role.waitFor();
            }
        }
    }

    private void assertOutcome(Map<String, Process> roles, Path logs) throws Exception {
        try (TopicFollower dead = DeadLetterOrigins.follow(
                        cluster.kafka(), topics.deadLetters().name());
                TopicFollower predicted =
                        new TopicFollower(cluster.kafka(), topics.predictions().name(), FloodIT::image);
                TopicFollower joined = new TopicFollower(
                        cluster.kafka(), topics.labeledImages().name(), FloodIT::pair)) {
            await(
                    roles,
                    logs,
                    () -> dead.read().size() >= expected.deadLetters().size()
                            && predicted.read().size() >= expected.predicted().size()
                            && joined.read().size() >= expected.joined().size()
                            && decisions.ofCommands() >= expected.commands().size());
            assertThat(dead.read()).containsExactlyInAnyOrderElementsOf(expected.deadLetters());
            assertThat(predicted.read()).containsExactlyInAnyOrderElementsOf(expected.predicted());
            assertThat(joined.read()).containsExactlyInAnyOrderElementsOf(expected.joined());
            trainToAVersion();
            await(roles, logs, () -> evaluations().stream().anyMatch(this::isOfAll));
            assertThat(evaluations())
                    .as("of " + expected.trained() + " examples on " + expected.holdout() + " images")
                    .anyMatch(this::isOfAll);
            assertThat(dead.read()).hasSameSizeAs(expected.deadLetters());
        }
        decisions.check(evaluations());
        assertThat(metric(logs, "classifier", REFUSED)).isEqualTo(decisions.refusedWeights());
        int passedOver = 0;
        for (String role : ROLES) {
            passedOver += metric(logs, role, PASSED_OVER);
        }
        assertThat(passedOver).isEqualTo(expected.passedOver());
        assertThat(evaluations()).allMatch(evaluation -> evaluation.confusion().examples() <= expected.holdout());
        allAlive(roles, logs);
    }

    /// The image of a prediction that a classifier made, and not this test.
    private static Optional<String> image(ConsumerRecord<byte[], byte[]> record) {
        return key(record).filter(id -> {
            try {
                return Cluster.SERDES
                        .prediction()
                        .deserializer()
                        .deserialize("", record.value())
                        .imageId()
                        .equals(id);
            } catch (InvalidRecordException e) {
                return false;
            }
        });
    }

    private static Optional<String> pair(ConsumerRecord<byte[], byte[]> record) {
        return key(record).filter(id -> id.startsWith("pair-"));
    }

    private static Optional<String> key(ConsumerRecord<byte[], byte[]> record) {
        byte @Nullable [] key = record.key();
        return key == null || record.value() == null
                ? Optional.empty()
                : Optional.of(new String(key, StandardCharsets.UTF_8));
    }

    /// Sends as many more good examples as the trainer needs to publish a version after the last.
    private void trainToAVersion() throws Exception {
        List<Drawn> more = new ArrayList<>();
        int missing = EXAMPLES - expected.trained() % EXAMPLES;
        for (int i = 0; i < missing; i++) {
            more.add(flood.good(FloodTopic.LABELED_IMAGES, "last-" + i));
        }
        send("none", more);
    }

    private List<Evaluation> evaluations() {
        return cluster.committed(topics.evaluations().name(), Cluster.SERDES.evaluation());
    }

    /// Whether it is of the version after the last example, on all holdout images.
    private boolean isOfAll(Evaluation evaluation) {
        return evaluation.trainedExamples() == expected.trained()
                && evaluation.confusion().examples() == expected.holdout();
    }

    private int metric(Path logs, String role, Pattern metric) throws Exception {
        Matcher address = PORT.matcher(read(logs.resolve(role)));
        assertThat(address.find()).isTrue();
        try (HttpClient client = HttpClient.newHttpClient()) {
            String metrics = client.send(
                            HttpRequest.newBuilder(URI.create(address.group(1))).build(), BodyHandlers.ofString())
                    .body();
            return metric.matcher(metrics)
                    .results()
                    .mapToInt(result -> (int) Double.parseDouble(result.group(1)))
                    .sum();
        }
    }

    /// Until something is done, or for so long that it never will be: the assertions behind it say what is missing.
    private void await(Map<String, Process> roles, Path logs, BooleanSupplier done) throws IOException {
        try {
            Awaitility.await().atMost(PATIENCE).until(() -> {
                allAlive(roles, logs);
                return done.getAsBoolean();
            });
        } catch (ConditionTimeoutException e) {
            allAlive(roles, logs);
        }
    }

    private static String read(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void allAlive(Map<String, Process> roles, Path logs) throws IOException {
        for (Map.Entry<String, Process> role : roles.entrySet()) {
            assertThat(role.getValue().isAlive())
                    .as(role.getKey() + " runs: " + Files.readString(logs.resolve(role.getKey())))
                    .isTrue();
        }
    }

    private void print(Map<String, Process> roles, int deadLetters, Duration took) throws IOException {
        System.out.printf(
                "%,d mutated records (seed %d): %,d dead letters, %,d refused weights, passed over %,d times, %,d commands"
                        + " decided, %,d examples trained; no role stopped, none lost; %d s%n",
                RECORDS,
                SEED,
                deadLetters,
                decisions.refusedWeights(),
                expected.passedOver(),
                expected.commands().size(),
                expected.trained(),
                took.toSeconds());
        for (Map.Entry<String, Process> role : roles.entrySet()) {
            Path status = Path.of("/proc", Long.toString(role.getValue().pid()), "status");
            if (Files.exists(status)) {
                try (Stream<String> lines = Files.lines(status)) {
                    lines.filter(line -> line.startsWith("VmHWM:"))
                            .forEach(line ->
                                    System.out.println("  " + role.getKey() + ": -Xmx256m, most resident memory "
                                            + line.substring("VmHWM:".length()).strip()));
                }
            }
        }
    }

    private Map<String, Process> start(Path logs) throws Exception {
        Map<String, Process> roles = new HashMap<>();
        for (String role : ROLES) {
            List<String> args = new ArrayList<>(List.of(role, "--monitor-port", "0"));
            if (!role.equals("labeler")) {
                args.addAll(List.of("--image-size", "2x2", "--classes", "2"));
            }
            if (role.equals("trainer")) {
                args.addAll(List.of("--snapshot-every", Integer.toString(SNAPSHOT_EVERY)));
            }
            roles.put(role, ChildProcess.startForLoad(logs.resolve(role), cluster.args(args.toArray(String[]::new))));
        }
        return roles;
    }

    private void send() throws Exception {
        int count = RECORDS / CODECS.size();
        for (String codec : CODECS) {
            List<Drawn> records = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                boolean huge = i % HUGE_EVERY == 0 && !codec.equals("none");
                records.add(huge ? huge(i, codec) : flood.bad());
                if (i % GOOD_EVERY == 0) {
                    addGood(records, codec + "-" + i);
                }
                if (records.size() >= CHUNK) {
                    send(codec, records);
                    records.clear();
                }
            }
            send(codec, records);
        }
    }

    private Drawn huge(int i, String codec) {
        FloodTopic topic = FloodTopic.at(random.nextInt(FloodTopic.count()));
        byte[] value = i == 0 ? zeros : Arrays.copyOf(zeros, zeros.length >> random.nextInt(5));
        return flood.refused(topic, Flood.key("huge-" + codec + "-" + i), value);
    }

    private void addGood(List<Drawn> records, String id) {
        records.add(flood.good(FloodTopic.IMAGES, "pair-" + id));
        records.add(flood.good(FloodTopic.LABELS, "pair-" + id));
        expected.addPair("pair-" + id);
        records.add(flood.good(FloodTopic.LABELED_IMAGES, "taught-" + id));
        records.add(flood.good(FloodTopic.HOLDOUT_IMAGES, "kept-" + id));
    }

    private void send(String codec, List<Drawn> records) throws Exception {
        try (var producer = producer(codec)) {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (Drawn each : records) {
                sent.add(producer.send(each.record()));
            }
            for (int i = 0; i < records.size(); i++) {
                expected.add(records.get(i), sent.get(i).get());
            }
        }
    }

    private KafkaProducer<byte[], byte[]> producer(String codec) {
        Map<String, Object> config = new HashMap<>(cluster.kafka().producer());
        config.put("compression.type", codec);
        config.put("max.request.size", Math.max(zeros.length, LARGEST_HEADERS) + 1_000_000);
        config.put("buffer.memory", zeros.length + 32_000_000L);
        return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }
}
