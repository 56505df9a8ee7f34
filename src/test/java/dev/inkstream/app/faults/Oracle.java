package dev.inkstream.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkstream.app.cluster.KafkaSettings;
import dev.inkstream.app.role.CommittedRecords;
import dev.inkstream.codec.AvroSerdes;
import dev.inkstream.codec.InMemorySchemaRegistry;
import dev.inkstream.network.NetworkShape;
import dev.inkstream.network.Preset;
import dev.inkstream.record.Evaluation;
import dev.inkstream.record.LabeledImage;
import dev.inkstream.record.ModelVersion;
import dev.inkstream.record.Prediction;
import dev.inkstream.record.WeightSnapshot;
import dev.inkstream.stream.Topics;
import dev.inkstream.stream.intake.DeadLetterHeaders;
import dev.inkstream.trainer.Training;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Serde;

/// Recomputes from what was sent, and from the committed records alone, what must be on the topics.
record Oracle(KafkaSettings kafka, Topics topics) {
    private static final AvroSerdes SERDES = new AvroSerdes(new InMemorySchemaRegistry());

    /// Position in `images` of each prediction.
    List<String> predicted() {
        return values(topics.predictions().name(), SERDES.prediction()).stream()
                .map(Prediction::image)
                .map(image -> image.partition() + "@" + image.offset())
                .toList();
    }

    /// Where each dead letter of an application came from.
    List<String> setAside(String application, String topic) {
        return CommittedRecords.of(kafka, topics.deadLetters().name()).stream()
                .filter(record -> header(record, DeadLetterHeaders.APPLICATION).equals(topics.prefix() + application)
                        && header(record, DeadLetterHeaders.TOPIC).equals(topic))
                .map(record ->
                        header(record, DeadLetterHeaders.PARTITION) + "@" + header(record, DeadLetterHeaders.OFFSET))
                .toList();
    }

    List<String> positions(String topic, boolean good) {
        return CommittedRecords.of(kafka, topic).stream()
                .filter(record -> record.value().length > 3 == good)
                .map(record -> record.partition() + "@" + record.offset())
                .toList();
    }

    List<String> keys(String topic, boolean good) {
        return CommittedRecords.of(kafka, topic).stream()
                .filter(record -> record.value().length > 3 == good)
                .map(record -> new String(record.key(), StandardCharsets.UTF_8))
                .toList();
    }

    /// Checks all of it.
    ///
    /// @return how many predictions, dead letters and versions there are
    String check() {
        assertSame("predictions", predicted(), positions(topics.images().name(), true));
        int deadLetters = 0;
        for (String[] each : new String[][] {
            {"classifier-digits", topics.images().name()},
            {"labeler", topics.images().name()},
            {"labeler", topics.labels().name()},
            {"evaluator-digits", topics.labels().name()}
        }) {
            List<String> bad = positions(each[1], false);
            assertSame("dead letters of " + each[0], setAside(each[0], each[1]), bad);
            deadLetters += bad.size();
        }
        assertSame(
                "labeled images",
                keys(topics.labeledImages().name(), true),
                keys(topics.images().name(), true));
        List<ModelVersion> published = values(topics.weightSnapshots().name(), SERDES.weightSnapshot()).stream()
                .map(WeightSnapshot::id)
                .toList();
        assertThat(published).as("versions").isEqualTo(plainLoop());
        assertThat(values(topics.evaluations().name(), SERDES.evaluation()).stream()
                        .map(Evaluation::id)
                        .toList())
                .as("evaluated versions")
                .isEqualTo(published);
        assertThat(values(topics.liveEvaluations().name(), SERDES.liveEvaluation()).stream()
                        .map(live -> live.version() + " " + live.window()))
                .as("windows of live accuracy")
                .doesNotHaveDuplicates();
        return "%d predictions, %d dead letters, %d versions"
                .formatted(predicted().size(), deadLetters, published.size());
    }

    private static void assertSame(String what, List<String> actual, List<String> expected) {
        Map<String, Long> counts = actual.stream().collect(Collectors.groupingBy(s -> s, Collectors.counting()));
        List<String> twice = counts.entrySet().stream()
                .filter(count -> count.getValue() > 1)
                .map(Map.Entry::getKey)
                .toList();
        List<String> lost = new ArrayList<>(expected);
        lost.removeAll(counts.keySet());
        assertThat(twice).as(what + " that were repeated").isEmpty();
        assertThat(lost).as(what + " that were lost").isEmpty();
        assertThat(actual).as(what).hasSameSizeAs(expected);
    }

    /// The versions that the records of the log give, fed to [Training] one after the other.
    private List<ModelVersion> plainLoop() {
        Training training =
                Training.start(new Training.Settings("digits", Preset.MODERN.config(NetworkShape.of(16, 5, 3)), 7, 10));
        List<ModelVersion> versions =
                new ArrayList<>(List.of(training.snapshot().id()));
        for (ConsumerRecord<byte[], byte[]> record :
                CommittedRecords.of(kafka, topics.labeledImages().name())) {
            LabeledImage example = SERDES.labeledImage().deserializer().deserialize("", record.value());
            if (training.train(record.offset(), example)) {
                versions.add(training.snapshot().id());
            }
        }
        return versions;
    }

    private <V> List<V> values(String topic, Serde<V> serde) {
        return CommittedRecords.of(kafka, topic).stream()
                .map(record -> serde.deserializer().deserialize(topic, record.value()))
                .toList();
    }

    private static String header(ConsumerRecord<?, ?> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
