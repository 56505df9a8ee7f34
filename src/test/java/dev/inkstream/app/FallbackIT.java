package dev.inkstream.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkstream.record.ModelDecision;
import dev.inkstream.record.ModelDecision.Evidence;
import dev.inkstream.record.ModelDecision.Kind;
import dev.inkstream.record.ModelDecision.Mode;
import dev.inkstream.record.ModelDecision.Origin;
import dev.inkstream.record.ModelDecision.Standing;
import dev.inkstream.record.ModelDecision.Subject;
import dev.inkstream.record.WeightSnapshot;
import dev.inkstream.record.WeightSnapshot.Layers;
import dev.inkstream.stream.Topics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Roles that start where nothing on `serving-weights` can be used, since compaction or retention has removed what
/// could: they resume with the last promoted version.
@ExtendWith(ClusterExtension.class)
@Timeout(600)
class FallbackIT {
    /// Each byte of its parameters is 255: they are not numbers.
    private static final long NAN = 255;

    private final Cluster cluster;
    private final Topics topics;

    FallbackIT(Cluster cluster) {
        this.cluster = cluster.withTopics();
        this.topics = cluster.topics();
    }

    /// What `serving-weights` is left with.
    enum Left {
        NOTHING,
        NO_SNAPSHOT,
        NAN_WEIGHTS,
        OTHER_SHAPE,
        TOMBSTONE
    }

    @ParameterizedTest
    @EnumSource
    void classifiesWithTheLastPromotedVersion(Left left) {
        List<ProducerRecord<String, byte[]>> records = new ArrayList<>(versions(3, 2));
        records.addAll(serving(left));
        cluster.send(true, records);

        assertFallsBackTo(2);
    }

    /// A hundred versions, as they are read at a time, were refused since.
    @Test
    void aVersionPromotedLongAgoIsFound() {
        cluster.send(true, versions(250, 2));

        assertFallsBackTo(2);
    }

    /// By a command, a version serves that the policy had refused.
    @Test
    void theVersionOfTheLastDecisionCounts() {
        List<ProducerRecord<String, byte[]>> records = new ArrayList<>(versions(3, 2));
        records.add(decision(0, Kind.PROMOTED, 1, 1));
        records.add(decision(1, Kind.PINNED, 3, 3));
        records.add(decision(2, Kind.REFUSED, 2, 3));
        cluster.send(true, records);

        assertFallsBackTo(3);
    }

    /// It was the last promoted of those that are left.
    @Test
    void aVersionThatWasRestoredAndIsGoneFallsBackToOneThatServed() {
        List<ProducerRecord<String, byte[]>> records = new ArrayList<>(versions(3, 0));
        records.add(decision(0, Kind.RESTORED, 2, 2));
        records.add(decision(1, Kind.PROMOTED, 7, 7));
        cluster.send(true, records);

        assertFallsBackTo(2);
    }

    /// Only a shadow is left on the topic.
    @Test
    void aShadowDoesNotServe() {
        List<ProducerRecord<String, byte[]>> records = new ArrayList<>(versions(3, 2));
        records.add(Samples.record(
                topics.servingWeights().name(),
                Topics.shadowKey("digits"),
                Cluster.SERDES.weightSnapshot(),
                Samples.snapshot("digits", 3)));
        cluster.send(true, records);

        assertFallsBackTo(2);
    }

    @Test
    void aRecordOfAnotherShapeThatNobodyPromotedDoesNotStopTheEvaluator() {
        List<ProducerRecord<String, byte[]>> records = new ArrayList<>(versions(3, 2));
        records.addAll(serving(Left.OTHER_SHAPE));
        cluster.send(true, records);

        CommandRun evaluator = start("evaluator", "2x2");

        evaluator.awaitThat(() -> hasLine(evaluator, "works on"));
        assertThat(evaluator.stop().status()).isZero();
    }

    /// It is the settings that are wrong, although what serves cannot be used.
    @Test
    void thePromotedVersionMustFitToo() {
        List<ProducerRecord<String, byte[]>> records = new ArrayList<>(versions(3, 2));
        records.addAll(serving(Left.NAN_WEIGHTS));
        cluster.send(true, records);

        CommandRun classifier = start("classifier", "2x3");

        assertThat(classifier.status()).isEqualTo(1);
        assertThat(classifier.log())
                .filteredOn(line -> line.startsWith("ERROR "))
                .containsExactly("ERROR model digits v2 has the layers 4-3-2, but this classifier was started with"
                        + " --image-size 2x3 and --classes 2, which need 6 inputs and 2 outputs; start it with the"
                        + " settings of its trainer, or with another --model NAME");
    }

    /// While it waits, and while it classifies.
    @Test
    void aRunningClassifierSaysWhichVersionItRefusesAndWhy() {
        CommandRun classifier = start("classifier", "2x2");
        classifier.awaitThat(() -> hasLine(classifier, "waiting for the first weights"));
        String refused = "(BAD_SNAPSHOT): snapshot digits v9 is refused: its layers are 6,2, but images of 2x2 in 2"
                + " classes need 4 inputs and 2 outputs; ";

        cluster.send(true, serving(Left.OTHER_SHAPE));
        classifier.awaitThat(() -> hasLine(classifier, refused + "no version serves yet"));

        cluster.send(true, List.of(snapshot(topics.servingWeights().name(), Samples.snapshot("digits", 1))));
        cluster.send(true, serving(Left.OTHER_SHAPE));
        classifier.awaitThat(() -> hasLine(classifier, refused + Samples.id("digits", 1) + " still serves"));
        assertThat(classifier.stop().status()).isZero();
    }

    private void assertFallsBackTo(long version) {
        CommandRun classifier = start("classifier", "2x2");
        classifier.awaitThat(() -> hasLine(classifier, "classifies with") && hasLine(classifier, "works on"));
        assertThat(classifier.stop().status()).isZero();
        assertThat(classifier.log())
                .contains(
                        "INFO classifier: no record of model digits on "
                                + topics.servingWeights().name()
                                + " can be used; falls back to " + Samples.id("digits", version)
                                + ", the last version promoted, from "
                                + topics.weightSnapshots().name(),
                        "INFO classifier: classifies with " + Samples.id("digits", version));
        assertThat(hasLine(classifier, "waiting for the first weights")).isFalse();
    }

    private CommandRun start(String role, String size) {
        return cluster.start(role, "--monitor-port", "off", "--image-size", size, "--classes", "2");
    }

    /// Versions from 1 on with their evaluations, of which those after `promoted` were refused.
    private List<ProducerRecord<String, byte[]>> versions(long count, long promoted) {
        return LongStream.rangeClosed(1, count)
                .boxed()
                .<ProducerRecord<String, byte[]>>mapMulti((version, sink) -> {
                    sink.accept(snapshot(topics.weightSnapshots().name(), Samples.snapshot("digits", version)));
                    sink.accept(Samples.record(
                            topics.evaluations().name(),
                            "digits",
                            Cluster.SERDES.evaluation(),
                            Samples.evaluation("digits", version, version <= promoted)));
                })
                .toList();
    }

    private List<ProducerRecord<String, byte[]>> serving(Left left) {
        return switch (left) {
            case NOTHING -> List.of();
            case NO_SNAPSHOT ->
                List.of(new ProducerRecord<>(topics.servingWeights().name(), "digits", new byte[] {1, 2}));
            case NAN_WEIGHTS -> List.of(snapshot(topics.servingWeights().name(), Samples.snapshot("digits", NAN)));
            case OTHER_SHAPE -> List.of(snapshot(topics.servingWeights().name(), otherShape()));
            case TOMBSTONE ->
                List.of(new ProducerRecord<>(topics.servingWeights().name(), "digits", null));
        };
    }

    private ProducerRecord<String, byte[]> decision(long number, Kind kind, long version, long serving) {
        ModelDecision decision = new ModelDecision(
                "digits",
                number,
                kind,
                Optional.of(new Subject(Samples.id("digits", version), OptionalLong.empty())),
                OptionalLong.empty(),
                Origin.policy("holdout", "test"),
                new Standing(OptionalLong.of(serving), OptionalLong.empty(), Mode.FOLLOWING),
                Evidence.NONE,
                Instant.EPOCH);
        return Samples.record(topics.modelDecisions().name(), "digits", Cluster.SERDES.modelDecision(), decision);
    }

    private static WeightSnapshot otherShape() {
        WeightSnapshot some = Samples.snapshot("digits", 9);
        return new WeightSnapshot(
                some.id(),
                new Layers(List.of(6, 2), "RELU", "SOFTMAX"),
                some.parameters(),
                some.progress(),
                some.training());
    }

    private static ProducerRecord<String, byte[]> snapshot(String topic, WeightSnapshot snapshot) {
        return Samples.record(topic, "digits", Cluster.SERDES.weightSnapshot(), snapshot);
    }

    private static boolean hasLine(CommandRun run, String part) {
        return run.log().stream().anyMatch(line -> line.contains(part));
    }
}
