package dev.inkstream.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.inkstream.app.role.ChildProcess;
import dev.inkstream.record.ImageRecord;
import dev.inkstream.record.Label;
import dev.inkstream.record.LabeledImage;
import dev.inkstream.stream.Topics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// All four roles, each with a heap of 256 MB, under records that cannot be used: mutated in ways that no decoder
/// accepts, in five codecs, with any timestamp, and some of them huge. No role may end, and each record is one dead
/// letter of each application that reads its topic.
///
/// The build sends a few; `.ci/flood RECORDS MEGABYTES` sends as many as are wanted.
@ExtendWith(ClusterExtension.class)
class FloodTest {
    private static final int RECORDS = Integer.getInteger("inkstream.flood.records", 200);
    private static final int MEGABYTES = Integer.getInteger("inkstream.flood.megabytes", 40);

    /// One of so many records of a codec is huge: the first has the full size, those behind it that or less.
    private static final int HUGE_EVERY = 500;

    /// Snappy makes zeros 21 times smaller, the other codecs at least 200 times.
    private static final int MIN_RATIO = 15;

    private static final int MAX_MESSAGE_BYTES = Math.max(20_000_000, MEGABYTES * 1_000_000 / MIN_RATIO);

    private static final List<String> CODECS = List.of("none", "gzip", "snappy", "lz4", "zstd");
    private static final long SEED = 20_261_126;

    private final Cluster cluster;
    private final Topics topics;
    private final Random random = new Random(SEED);
    private final byte[] zeros = new byte[MEGABYTES * 1_000_000];

    FloodTest(Cluster cluster) {
        this.cluster = cluster.withTopics();
        this.topics = cluster.topics();
    }

    @Test
    void noRoleEndsAndEachRecordIsOneDeadLetterOfEachReader(@TempDir Path logs) throws Exception {
        takeAnyKeySizeAndTime();
        cluster.send(
                true,
                List.of(Samples.record(
                        topics.servingWeights(),
                        "digits",
                        Cluster.SERDES.weightSnapshot(),
                        Samples.snapshot("digits", 1))));
        Map<String, Process> roles = start(logs);
        try {
            long start = System.nanoTime();
            List<String> expected = flood();
            try (DeadLetterOrigins dead = new DeadLetterOrigins(cluster.kafka(), topics.deadLetters())) {
                await().atMost(Duration.ofSeconds(180 + RECORDS / 10)).until(() -> {
                    allAlive(roles, logs);
                    return dead.read().size() >= expected.size();
                });
                assertThat(dead.read()).containsExactlyInAnyOrderElementsOf(expected);
            }
            allAlive(roles, logs);
            tell(roles, expected.size(), Duration.ofNanos(System.nanoTime() - start));
        } finally {
            for (Process role : roles.values()) {
                role.destroy();
                role.waitFor();
            }
        }
    }

    private static void allAlive(Map<String, Process> roles, Path logs) throws IOException {
        for (Map.Entry<String, Process> role : roles.entrySet()) {
            assertThat(role.getValue().isAlive())
                    .as(role.getKey() + " runs: " + Files.readString(logs.resolve(role.getKey())))
                    .isTrue();
        }
    }

    private static void tell(Map<String, Process> roles, int deadLetters, Duration took) throws IOException {
        System.out.printf("%d records, %d dead letters in %d s%n", RECORDS, deadLetters, took.toSeconds());
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
        for (String role : List.of("classifier", "trainer", "evaluator", "labeler")) {
            List<String> args = new ArrayList<>(List.of(role, "--monitor-port", "0"));
            if (!role.equals("labeler")) {
                args.addAll(List.of("--image-size", "2x2", "--classes", "2"));
            }
            roles.put(role, ChildProcess.startForLoad(logs.resolve(role), cluster.args(args.toArray(String[]::new))));
        }
        return roles;
    }

    /// Sends the records.
    ///
    /// @return the origins of the dead letters that must come of them
    private List<String> flood() throws Exception {
        Map<String, List<String>> readers = Map.of(
                topics.images(), List.of("classifier-digits", "labeler"),
                topics.labels(), List.of("evaluator-digits", "labeler"),
                topics.labeledImages(), List.of("trainer-digits"),
                topics.holdoutImages(), List.of("evaluator-digits"),
                topics.weightSnapshots(), List.of("evaluator-digits"),
                topics.predictions(), List.of("evaluator-digits"));
        List<String> names = readers.keySet().stream().sorted().toList();
        List<String> expected = new ArrayList<>();
        for (String codec : CODECS) {
            try (var producer = producer(codec)) {
                List<Future<RecordMetadata>> sent = new ArrayList<>();
                for (int i = 0; i < RECORDS / CODECS.size(); i++) {
                    String topic = names.get(random.nextInt(names.size()));
                    boolean huge = i % HUGE_EVERY == 0 && !codec.equals("none");
                    sent.add(producer.send(record(topic, huge ? huge(i) : bad())));
                }
                for (Future<RecordMetadata> each : sent) {
                    RecordMetadata at = each.get();
                    readers.get(at.topic())
                            .forEach(reader -> expected.add(topics.prefix() + reader + " " + at.topic() + "-"
                                    + at.partition() + "@" + at.offset()));
                }
            }
        }
        return expected;
    }

    private ProducerRecord<byte[], byte[]> record(String topic, byte[] value) {
        byte[] key = ("id-" + random.nextInt()).getBytes(StandardCharsets.UTF_8);
        long timestamp = random.nextBoolean() ? System.currentTimeMillis() : random.nextLong() & Long.MAX_VALUE;
        return new ProducerRecord<>(topic, null, timestamp, random.nextInt(50) == 0 ? null : key, value);
    }

    private byte[] huge(int i) {
        return i == 0 ? zeros : Arrays.copyOf(zeros, zeros.length >> random.nextInt(5));
    }

    /// A record that somebody could have sent, cut short, drawn out (rarely by a lot), or with another beginning.
    private byte[] bad() {
        byte[] good = switch (random.nextInt(4)) {
            case 0 -> bytes(Cluster.SERDES.image(), image());
            case 1 -> bytes(Cluster.SERDES.label(), new Label(1, Instant.EPOCH));
            case 2 -> bytes(Cluster.SERDES.labeledImage(), new LabeledImage(image(), 1));
            default -> bytes(Cluster.SERDES.weightSnapshot(), Samples.snapshot("digits", 1));
        };
        return switch (random.nextInt(3)) {
            case 0 -> Arrays.copyOf(good, random.nextInt(5));
            case 1 -> Arrays.copyOf(good, good.length + 1 + random.nextInt(1 << random.nextInt(22)));
            default -> {
                good[0] = (byte) (1 + random.nextInt(255));
                yield good;
            }
        };
    }

    private static <V> byte[] bytes(org.apache.kafka.common.serialization.Serde<V> serde, V value) {
        return serde.serializer().serialize("", value);
    }

    private static ImageRecord image() {
        return new ImageRecord(2, 2, new byte[4], Instant.EPOCH);
    }

    private KafkaProducer<byte[], byte[]> producer(String codec) {
        Map<String, Object> config = new HashMap<>(cluster.kafka().producer());
        config.put("compression.type", codec);
        config.put("max.request.size", zeros.length + 1_000_000);
        config.put("buffer.memory", zeros.length + 32_000_000L);
        return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private void takeAnyKeySizeAndTime() throws Exception {
        try (Admin admin = Admin.create(cluster.kafka().admin())) {
            Map<ConfigResource, java.util.Collection<AlterConfigOp>> changes = new HashMap<>();
            topics.specs(2).stream()
                    .filter(spec -> !spec.name().equals(topics.deadLetters()))
                    .forEach(spec -> changes.put(
                            new ConfigResource(ConfigResource.Type.TOPIC, spec.name()),
                            List.of(
                                    // A compacted topic takes no record without a key.
                                    set("cleanup.policy", "delete"),
                                    set("retention.ms", "-1"),
                                    set("max.decompressed.message.bytes", Integer.toString(Integer.MAX_VALUE - 8)),
                                    set("max.message.bytes", Integer.toString(MAX_MESSAGE_BYTES)),
                                    set("message.timestamp.after.max.ms", Long.toString(Long.MAX_VALUE)))));
            admin.incrementalAlterConfigs(changes).all().get();
        }
    }

    private static AlterConfigOp set(String name, String value) {
        return new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET);
    }
}
