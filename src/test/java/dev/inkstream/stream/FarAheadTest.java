package dev.inkstream.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkstream.live.LiveSettings;
import dev.inkstream.record.Label;
import dev.inkstream.record.LabeledImage;
import dev.inkstream.record.LiveEvaluation;
import dev.inkstream.record.Prediction;
import dev.inkstream.record.WeightSnapshot;
import dev.inkstream.trainer.Training;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;

/// A record of next year, among those of today.
class FarAheadTest {
    private static final Instant TODAY = Pipeline.RECORD_TIME;
    private static final Instant NEXT_YEAR = TODAY.plus(Duration.ofDays(365));
    private static final LiveSettings ONE_PARTITION = new LiveSettings(
            Duration.ofHours(1), Duration.ofMinutes(1), 128_000_000, 0.0002, Duration.ofSeconds(10), 1);
    private static final byte[] LABEL = Samples.bytes(new Label(1, TODAY));

    @Test
    void closesNoWindowOfTheLabeler() {
        try (Pipeline pipeline = new Pipeline(Topologies.labeler(new SimpleMeterRegistry()))) {
            pipeline.pipe(Samples.TOPICS.images().name(), "a", Samples.bytes(Samples.image(1)), TODAY);
            pipeline.pipe(Samples.TOPICS.labels().name(), "b", LABEL, NEXT_YEAR);
            pipeline.pipe(Samples.TOPICS.images().name(), "c", Samples.bytes(Samples.image(2)), NEXT_YEAR);
            pipeline.pipe(Samples.TOPICS.labels().name(), "a", LABEL, TODAY);
            assertThat(pipeline.values(
                            Samples.TOPICS.labeledImages().name(),
                            Samples.SERDES.labeledImage().deserializer()))
                    .containsExactly(new LabeledImage(Samples.image(1), 1));
            assertThat(pipeline.raw(Samples.TOPICS.deadLetters().name())).hasSize(2);
        }
    }

    @Test
    void closesNoWaitOfTheLiveJoin() {
        try (Pipeline pipeline = new Pipeline(Topologies.evaluator(ONE_PARTITION, new SimpleMeterRegistry()))) {
            pipeline.pipe(Samples.TOPICS.predictions().name(), "a", prediction("a"), TODAY);
            pipeline.pipe(Samples.TOPICS.labels().name(), "b", LABEL, NEXT_YEAR);
            pipeline.pipe(Samples.TOPICS.predictions().name(), "c", prediction("c"), NEXT_YEAR);
            pipeline.pipe(Samples.TOPICS.labels().name(), "a", LABEL, TODAY);
            pipeline.pipe(Samples.TOPICS.labels().name(), "d", LABEL, TODAY.plus(Duration.ofMinutes(2)));
            pipeline.pipe(Samples.TOPICS.predictions().name(), "e", prediction("e"), TODAY.plus(Duration.ofMinutes(2)));
            pipeline.advanceWallClock(Duration.ofSeconds(1)); // the events go to the join
            List<LiveEvaluation> published = pipeline.values(
                    Samples.TOPICS.liveEvaluations().name(),
                    Samples.SERDES.liveEvaluation().deserializer());
            assertThat(published).singleElement().satisfies(evaluation -> {
                assertThat(evaluation.confusion().examples()).isEqualTo(1);
                assertThat(evaluation.window().end()).isBefore(NEXT_YEAR);
            });
            assertThat(pipeline.raw(Samples.TOPICS.deadLetters().name())).hasSize(2);
        }
    }

    /// The version has a timestamp that its topic takes.
    @Test
    void isTrainedOnLikeAnyOther() {
        Training offline = Training.start(Samples.TRAINING);
        List<WeightSnapshot> expected = new ArrayList<>(List.of(offline.snapshot()));
        try (Pipeline pipeline = new Pipeline(Topologies.trainer((from, to, reader) -> {}))) {
            for (int i = 0; expected.size() < 3; i++) {
                pipeline.pipe(
                        Samples.TOPICS.labeledImages().name(), "id", Samples.bytes(Samples.example(i)), NEXT_YEAR);
                if (offline.train(i, Samples.example(i))) {
                    expected.add(offline.snapshot());
                }
            }
            List<TestRecord<String, WeightSnapshot>> published = pipeline.records(
                    Samples.TOPICS.weightSnapshots().name(),
                    Samples.SERDES.weightSnapshot().deserializer());
            assertThat(published).extracting(TestRecord::value).isEqualTo(expected);
            assertThat(published).extracting(TestRecord::getRecordTime).containsOnly(Pipeline.NOW);
        }
    }

    private static byte[] prediction(String id) {
        Prediction prediction = new Prediction(
                id, 1, new float[] {0, 1, 0, 0}, Samples.snapshot(1).id(), new Prediction.Position(0, 0), TODAY);
        return Samples.SERDES.prediction().serializer().serialize("any", prediction);
    }
}
