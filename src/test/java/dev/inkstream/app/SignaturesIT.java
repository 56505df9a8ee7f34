package dev.inkstream.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.inkstream.record.ImageRecord;
import dev.inkstream.record.LabeledImage;
import dev.inkstream.record.Prediction;
import dev.inkstream.record.WeightSnapshot;
import dev.inkstream.signature.Pems;
import dev.inkstream.stream.DecisionHeader;
import dev.inkstream.stream.Topics;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// A trainer that signs, an evaluator that trusts it and signs, a classifier that trusts the evaluator.
@ExtendWith(ClusterExtension.class)
@Timeout(600)
class SignaturesIT {
    private static final Pattern METRICS = Pattern.compile("metrics are on (http\\S+)");
    private static final int TRAINER = 1;
    private static final int EVALUATOR = 2;

    private final Cluster cluster;
    private final Topics topics;

    @TempDir
    private Path keys;

    private int images;

    SignaturesIT(Cluster cluster) {
        this.cluster = cluster.withTopics();
        this.topics = cluster.topics();
    }

    @BeforeEach
    void writeKeys() throws IOException {
        for (int key : new int[] {TRAINER, EVALUATOR}) {
            Files.writeString(keys.resolve(key + ".pem"), Pems.privateKey(key));
            Files.writeString(keys.resolve(key + ".pub"), Pems.publicKey(key));
        }
    }

    @Test
    void onlyWhatIsSignedServesAndPredictionsContinue() throws Exception {
        CommandRun trainer = started("trainer", "--sign", privateKey(TRAINER), "--snapshot-every", "1");
        CommandRun evaluator = started(
                "evaluator", "--sign", privateKey(EVALUATOR), "--trust", publicKey(TRAINER), "--promotion", "always");
        CommandRun classifier = role("classifier", "--trust", publicKey(EVALUATOR));
        assertThat(trainer.log()).anyMatch(line -> line.contains("trainer: signs with key "));
        assertThat(evaluator.log())
                .anyMatch(line -> line.matches(
                        ".*evaluator: signs with key .{16} in scope .{22}; accepts versions signed with key .{16} in scope"
                                + " .*; accepts decisions signed with key .{16} or .{16} in scope .*"));
        label(70); // Mini-batches of 16.
        awaitVersion(4);
        List<ConsumerRecord<byte[], byte[]>> served = served();

        forge(topics.weightSnapshots().name());
        patiently().until(() -> reasons().equals(List.of("UNSIGNED")));
        forge(topics.servingWeights().name());
        ConsumerRecord<byte[], byte[]> old = served.getFirst();
        cluster.send(true, List.of(again(old)));
        patiently().until(() -> refused(classifier, "UNSIGNED") == 1 && refused(classifier, "BACKWARDS") == 1);
        awaitVersion(4);
        assertThat(versions().stream().distinct()).doesNotContain(99L);

        assertThat(Stream.of(trainer, evaluator, classifier)
                        .map(role -> role.stop().status()))
                .containsOnly(0);
        checkCommands();
        aClassifierThatStartsAmongOldRecordsFallsBack(old);
    }

    private void checkCommands() {
        String forged = topics.weightSnapshots().name() + "@";
        CommandRun verified = cluster.run("models", "verify", "--image-size", "2x2", "--trust", publicKey(TRAINER));
        assertThat(verified.out()).contains(forged).contains(" cannot be used: record has no signature; ");
        assertThat(verified.status()).isEqualTo(1);
        CommandRun history = cluster.run("models", "history", "--trust", publicKey(EVALUATOR));
        assertThat(history.err()).isEmpty();
        assertThat(history.out().lines()).hasSize(6);
        CommandRun distrusted = cluster.run("models", "history", "--trust", publicKey(TRAINER));
        assertThat(distrusted.out()).isEmpty();
        assertThat(distrusted.err()).contains("is left out: record is signed with key ");
        CommandRun list = cluster.run("models", "list", "--trust", publicKey(TRAINER), "--trust", publicKey(EVALUATOR));
        assertThat(list.out()).containsPattern("digits +5 +v4 ");
        assertThat(list.err().lines()).hasSize(3).allMatch(line -> line.contains(" is left out: "));
        CommandRun elsewhere = cluster.run(
                "models", "history", "--trust", publicKey(EVALUATOR), "--signature-scope", "another-cluster");
        assertThat(elsewhere.err()).contains("is not of this record").contains("in scope another-cluster;");
        CommandRun predictions = cluster.run("predictions", "verify", "--trust", publicKey(TRAINER));
        assertThat(predictions.status()).isZero();
        assertThat(predictions.err()).contains(forged);
    }

    /// As after compaction: of the versions that served only the first is there, written again.
    private void aClassifierThatStartsAmongOldRecordsFallsBack(ConsumerRecord<byte[], byte[]> old) throws Exception {
        try (Admin admin = Admin.create(cluster.kafka().admin())) {
            String topic = topics.servingWeights().name();
            Collection<AlterConfigOp> deletable = List.of(
                    new AlterConfigOp(new ConfigEntry("cleanup.policy", "compact,delete"), AlterConfigOp.OpType.SET));
            admin.incrementalAlterConfigs(Map.of(new ConfigResource(ConfigResource.Type.TOPIC, topic), deletable))
                    .all()
                    .get();
            TopicPartition partition = new TopicPartition(topic, 0);
            patiently()
                    .ignoreExceptions()
                    .until(() -> admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(-1)))
                                    .all()
                                    .get()
                            == null);
        }
        cluster.send(true, List.of(again(old)));
        CommandRun classifier = role("classifier", "--trust", publicKey(EVALUATOR));
        classifier.awaitThat(
                () -> classifier.log().stream().anyMatch(line -> line.contains("falls back to digits v4")));
        awaitVersion(4);
        assertThat(classifier.log()).anyMatch(line -> line.contains("passes over digits v0 "));
        assertThat(classifier.stop().status()).isZero();
    }

    @Test
    void aWrongKeyIsOneSentence() throws Exception {
        assertUsage(
                "--sign is '%s'; it must be an Ed25519 private key in PEM without a password (it has a public key)"
                        .formatted(publicKey(TRAINER)),
                "trainer",
                "--sign",
                publicKey(TRAINER));
        assertUsage(
                "--trust is '%s'; it must be an Ed25519 public key in PEM (it has a private key, which only its owner may have)"
                        .formatted(privateKey(TRAINER)),
                "classifier",
                "--trust",
                privateKey(TRAINER));
        assertUsage(
                "--trust is '/no/such/key'; it must be an Ed25519 public key in PEM (it does not exist)",
                "evaluator",
                "--trust",
                "/no/such/key");
        assertUsage(
                "--signature-scope is 'a b'; it must be 1 to 100 letters, digits, dots, dashes or underscores",
                "trainer",
                "--signature-scope",
                "a b");
        assertUsage(
                "--sign is '${dir:%s:9.pem}'; it must be known to a provider in config.providers".formatted(keys),
                "trainer",
                "--sign",
                "${dir:%s:9.pem}".formatted(keys));
    }

    /// The key is in no file that the command line names, and in no message.
    @Test
    void aKeyMayComeFromAConfigProvider() {
        CommandRun trainer = role(
                "trainer",
                "--sign",
                "${dir:%s:1.pem}".formatted(keys),
                "--command-property",
                "config.providers=dir",
                "--command-property",
                "config.providers.dir.class=org.apache.kafka.common.config.provider.DirectoryConfigProvider");
        patiently()
                .until(() -> !cluster.committed(topics.weightSnapshots().name()).isEmpty());
        ConsumerRecord<byte[], byte[]> first =
                cluster.committed(topics.weightSnapshots().name()).getFirst();
        assertThat(first.headers().lastHeader("inkstream.key-id").value())
                .asString()
                .isEqualTo(Pems.signing(TRAINER).publicKey().id().hex());
        assertThat(trainer.stop().status()).isZero();
        String secret = Pems.privateKey(TRAINER).lines().toList().get(1);
        assertThat(trainer.log()).noneMatch(line -> line.contains(secret));
        assertThat(trainer.err()).doesNotContain(secret);
    }

    private void assertUsage(String sentence, String... args) {
        CommandRun run = cluster.run(args);
        assertThat(run.err()).startsWith("inkstream: " + sentence);
        assertThat(run.status()).isEqualTo(2);
    }

    private CommandRun role(String name, String... more) {
        String[] usual = {name, "--monitor-port", "0", "--image-size", "2x2", "--classes", "2"};
        CommandRun run = cluster.start(Stream.of(
                        Stream.of(usual),
                        name.equals("trainer") ? Stream.of("--hidden", "3") : Stream.<String>of(),
                        Stream.of(more))
                .flatMap(part -> part)
                .toArray(String[]::new));
        return run.awaitThat(
                () -> run.log().stream().anyMatch(line -> METRICS.matcher(line).find()));
    }

    private CommandRun started(String name, String... more) {
        CommandRun run = role(name, more);
        return run.awaitThat(() -> run.log().stream().anyMatch(line -> line.contains(name + ": works on")));
    }

    private String privateKey(int key) {
        return keys.resolve(key + ".pem").toString();
    }

    private String publicKey(int key) {
        return keys.resolve(key + ".pub").toString();
    }

    private void label(int count) {
        cluster.send(
                true,
                IntStream.range(0, count)
                        .mapToObj(i -> Samples.record(
                                topics.labeledImages().name(),
                                "labeled-" + i,
                                Cluster.SERDES.labeledImage(),
                                new LabeledImage(image(i), i % 2)))
                        .toList());
    }

    private static ImageRecord image(int i) {
        return new ImageRecord(2, 2, new byte[] {(byte) i, (byte) (i % 2 * 200), 3, 4}, Instant.EPOCH);
    }

    /// Waits until an image that is sent now is classified with a version.
    private void awaitVersion(long version) {
        patiently().until(() -> {
            int before = versions().size();
            cluster.send(
                    true,
                    List.of(Samples.record(
                            topics.images().name(), "image-" + images++, Cluster.SERDES.image(), image(images))));
            await().atMost(Duration.ofMinutes(3)).until(() -> versions().size() > before);
            return versions().getLast() == version;
        });
    }

    /// In the order of the images.
    private List<Long> versions() {
        return cluster.committed(topics.predictions().name(), Cluster.SERDES.prediction()).stream()
                .sorted(java.util.Comparator.comparingInt(
                        prediction -> Integer.parseInt(prediction.imageId().substring("image-".length()))))
                .map(Prediction::model)
                .map(model -> model.version())
                .toList();
    }

    private List<ConsumerRecord<byte[], byte[]>> served() {
        return cluster.committed(topics.servingWeights().name());
    }

    private void forge(String topic) {
        WeightSnapshot forged = Samples.snapshot("digits", 99);
        ProducerRecord<String, byte[]> record =
                Samples.record(topic, "digits", Cluster.SERDES.weightSnapshot(), forged);
        DecisionHeader.of(1_000).forEach(record.headers()::add);
        cluster.send(true, List.of(record));
    }

    private static ProducerRecord<String, byte[]> again(ConsumerRecord<byte[], byte[]> record) {
        return new ProducerRecord<>(
                record.topic(), null, null, new String(record.key(), UTF_8), record.value(), record.headers());
    }

    private List<String> reasons() {
        return cluster.committed(topics.deadLetters().name()).stream()
                .map(letter -> new String(
                        letter.headers().lastHeader("inkstream.reason").value(), UTF_8))
                .toList();
    }

    private static int refused(CommandRun classifier, String reason) throws Exception {
        String address = classifier.log().stream()
                .map(METRICS::matcher)
                .filter(Matcher::find)
                .map(found -> found.group(1))
                .findFirst()
                .orElseThrow();
        Pattern counter = Pattern.compile("inkstream_snapshots_refused_total\\{[^}]*reason=\"" + reason
                + "\"[^}]*role=\"classifier\"} ([0-9.]+)");
        try (HttpClient client = HttpClient.newHttpClient()) {
            String body = client.send(
                            HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofString())
                    .body();
            Matcher found = counter.matcher(body);
            return found.find() ? (int) Double.parseDouble(found.group(1)) : -1;
        }
    }

    private static ConditionFactory patiently() {
        return await().atMost(Duration.ofMinutes(3)).pollDelay(Duration.ZERO);
    }
}
