package dev.inkstream.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkstream.record.DriftEvent;
import dev.inkstream.record.Label;
import dev.inkstream.record.LiveEvaluation;
import dev.inkstream.record.LiveEvaluation.Unmatched;
import dev.inkstream.record.ModelVersion;
import dev.inkstream.record.Prediction;
import dev.inkstream.record.Sha256;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The rules of the live join, each by itself. Labels wait ten minutes, windows are of one.
class LiveAccuracyTest {
    private static final Instant START = Instant.parse("2026-11-24T05:00:00Z");
    private static final LiveSettings SETTINGS =
            new LiveSettings(Duration.ofMinutes(10), Duration.ofMinutes(1), 1_000_000, 0.002, Duration.ofSeconds(2));
    private static final int WINDOW = 600;
    private static final Unmatched NONE = new Unmatched(0, 0, 0, 0);

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private Pipeline pipeline = new Pipeline(Topologies.evaluator(SETTINGS, meters));

    @AfterEach
    void close() {
        pipeline.close();
    }

    @Test
    void anOutcomeIsToldWhenItsWindowIsOver() {
        predict("a", 1, 7, 5);
        predict("b", 2, 7, 6);
        label("a", 1, 20);
        label("b", 3, 59.999);
        assertThat(evaluations()).isEmpty();
        predict("c", 0, 7, 60);
        assertThat(evaluations()).singleElement().satisfies(record -> {
            assertThat(record.key()).isEqualTo(Samples.MODEL);
            assertThat(record.getRecordTime()).isEqualTo(at(60));
            LiveEvaluation live = record.value();
            assertThat(live.model()).isEqualTo(Samples.MODEL);
            assertThat(live.version()).hasValue(7);
            assertThat(live.window()).isEqualTo(new LiveEvaluation.Window(at(0), at(60)));
            assertThat(live.confusion().examples()).isEqualTo(2);
            assertThat(live.confusion().correct()).isEqualTo(1);
            assertThat(live.confusion().count(1, 1)).isEqualTo(1);
            assertThat(live.confusion().count(3, 2)).isEqualTo(1);
            assertThat(live.unmatched()).isEqualTo(NONE);
        });
        assertThat(meters.counter("inkstream.live.outcomes", "outcome", "correct")
                        .count())
                .isEqualTo(1);
        assertThat(meters.counter("inkstream.live.outcomes", "outcome", "wrong").count())
                .isEqualTo(1);
        assertThat(meters.counter("inkstream.live.confusion", "label", "3", "prediction", "2")
                        .count())
                .isEqualTo(1);
    }

    @Test
    void aLabelMayComeFirst() {
        label("a", 2, 10);
        predict("a", 2, 1, 70);
        end(300);
        assertThat(told()).containsExactly(new Told(60, 1L, 1, 1, NONE));
    }

    @Test
    void anOutcomeBelongsToTheWindowOfTheLaterOfTheTwo() {
        predict("a", 1, 1, 119.999);
        label("a", 1, 30);
        predict("b", 1, 1, 30);
        label("b", 1, 120);
        end(300);
        assertThat(told()).containsExactly(new Told(60, 1L, 1, 1, NONE), new Told(120, 1L, 1, 1, NONE));
    }

    @Test
    void versionsAreToldApart() {
        predict("a", 1, 1, 1);
        predict("b", 1, 2, 2);
        label("b", 2, 3);
        label("a", 1, 4);
        end(60);
        assertThat(told()).containsExactly(new Told(0, 1L, 1, 1, NONE), new Told(0, 2L, 1, 0, NONE));
    }

    @Test
    void whatIsOutOfOrderIsCountedInTheFirstWindowThatIsNotOver() {
        predict("a", 1, 1, 30);
        predict("other", 1, 1, 185);
        label("a", 1, 31);
        end(240);
        assertThat(told()).containsExactly(new Told(180, 1L, 1, 1, NONE));
    }

    @Test
    void theFirstLabelCountsAndFurtherOnesAreDuplicates() {
        predict("a", 1, 1, 1);
        label("a", 1, 2);
        label("a", 3, 3);
        label("a", 1, 65);
        end(120);
        assertThat(told())
                .containsExactly(
                        new Told(0, 1L, 1, 1, new Unmatched(0, 1, 0, 0)),
                        new Told(60, 1L, 0, 0, new Unmatched(0, 1, 0, 0)));
        assertThat(unmatched("duplicate_label")).isEqualTo(2);
    }

    @Test
    void duplicatesOfALabelThatWaitsAreThoseOfItsPrediction() {
        label("a", 1, 1);
        label("a", 2, 2);
        label("a", 3, 3);
        predict("a", 1, 4, 5);
        end(60);
        assertThat(told()).containsExactly(new Told(0, 4L, 1, 1, new Unmatched(0, 2, 0, 0)));
    }

    @Test
    void theFirstPredictionCounts() {
        predict("a", 1, 1, 1);
        predict("a", 2, 2, 2);
        label("a", 1, 3);
        predict("a", 3, 3, 4);
        end(60);
        assertThat(told()).containsExactly(new Told(0, 1L, 1, 1, NONE));
    }

    @Test
    void aLabelMayComeAsLateAsTheWindowIsLong() {
        predict("a", 1, 1, 0);
        label("a", 1, WINDOW);
        end(WINDOW + 60);
        assertThat(told()).containsExactly(new Told(WINDOW, 1L, 1, 1, NONE));
    }

    @Test
    void aLabelAfterTheWindowIsLate() {
        predict("a", 1, 1, 0);
        label("a", 1, WINDOW + 0.001);
        label("a", 1, WINDOW + 1);
        end(WINDOW + 60);
        assertThat(told()).containsExactly(new Told(WINDOW, 1L, 0, 0, new Unmatched(2, 0, 1, 0)));
        assertThat(unmatched("late_label")).isEqualTo(2);
        assertThat(unmatched("prediction_without_label")).isEqualTo(1);
    }

    @Test
    void aClosedPredictionIsRememberedForOneMoreWindow() {
        predict("a", 1, 1, 0);
        predict("b", 1, 1, 0);
        label("a", 1, 2 * WINDOW);
        label("b", 1, 2 * WINDOW + 0.001);
        end(4 * WINDOW);
        assertThat(told())
                .containsExactly(
                        new Told(WINDOW, 1L, 0, 0, new Unmatched(0, 0, 2, 0)),
                        new Told(2 * WINDOW, 1L, 0, 0, new Unmatched(1, 0, 0, 0)),
                        new Told(3 * WINDOW, null, 0, 0, new Unmatched(0, 0, 0, 1)));
    }

    @Test
    void aJoinedImageIsRememberedJustAsLong() {
        predict("a", 1, 1, 0);
        label("a", 1, 1);
        label("a", 1, 2 * WINDOW);
        label("a", 1, 2 * WINDOW + 0.001);
        end(4 * WINDOW);
        assertThat(told())
                .containsExactly(
                        new Told(0, 1L, 1, 1, NONE),
                        new Told(2 * WINDOW, 1L, 0, 0, new Unmatched(0, 1, 0, 0)),
                        new Told(3 * WINDOW, null, 0, 0, new Unmatched(0, 0, 0, 1)));
    }

    @Test
    void aLabelWithoutAPredictionIsCountedAsOftenAsItCame() {
        label("a", 1, 1);
        label("a", 1, 2);
        label("b", 1, 61);
        end(2 * WINDOW);
        assertThat(told())
                .containsExactly(
                        new Told(WINDOW, null, 0, 0, new Unmatched(0, 0, 0, 2)),
                        new Told(WINDOW + 60, null, 0, 0, new Unmatched(0, 0, 0, 1)));
        assertThat(unmatched("label_without_prediction")).isEqualTo(3);
    }

    @Test
    void aPredictionAfterTheWindowOfItsLabelHasNone() {
        label("a", 1, 0);
        predict("a", 1, 1, WINDOW + 0.001);
        end(3 * WINDOW);
        assertThat(told())
                .containsExactly(
                        new Told(WINDOW, null, 0, 0, new Unmatched(0, 0, 0, 1)),
                        new Told(2 * WINDOW, 1L, 0, 0, new Unmatched(0, 0, 1, 0)));
    }

    @Test
    void whatComesOverdueIsClosedAtOnce() {
        predict("now", 1, 1, 10_000);
        label("now", 1, 10_000);
        predict("a", 1, 1, 0);
        label("b", 1, 0);
        end(10_100);
        assertThat(told())
                .containsExactly(
                        new Told(9_960, null, 0, 0, new Unmatched(0, 0, 0, 1)),
                        new Told(9_960, 1L, 1, 1, new Unmatched(0, 0, 1, 0)));
    }

    @Test
    void timeIsThatOfTheRecordsAlone() {
        predict("a", 1, 1, 0);
        pipeline.advanceWallClock(Duration.ofDays(1));
        label("a", 1, 1);
        pipeline.advanceWallClock(Duration.ofDays(1));
        assertThat(evaluations()).isEmpty();
        end(60);
        assertThat(told()).containsExactly(new Told(0, 1L, 1, 1, NONE));
    }

    @Test
    void beyondTheLimitTheOldestAreClosedEarly() {
        with(new LiveSettings(Duration.ofMinutes(10), Duration.ofMinutes(1), 900, 0.002, Duration.ZERO));
        predict("joined", 1, 1, 0);
        label("joined", 1, 1);
        label("b", 1, 3);
        predict("a", 1, 1, 2);
        predict("c", 1, 1, 4);
        // What waits for nothing goes first: this is no duplicate any more. Now it is one too many itself.
        label("joined", 1, 1.5);
        predict("d", 1, 1, 6);
        label("c", 1, 7);
        label("d", 1, 8);
        end(60);
        assertThat(told())
                .containsExactly(
                        new Told(0, null, 0, 0, new Unmatched(0, 0, 0, 1)),
                        new Told(0, 1L, 3, 3, new Unmatched(0, 0, 1, 0)));
    }

    @Test
    void manyImagesStayWithinTheLimit() {
        with(new LiveSettings(Duration.ofMinutes(10), Duration.ofMinutes(1), 2_500, 0.002, Duration.ZERO));
        for (int i = 0; i < 200; i++) {
            predict("p" + i, 1, 1, i);
        }
        for (int i = 199; i >= 0; i--) {
            label("p" + i, 1, 200);
        }
        end(3 * WINDOW);
        List<Told> told = told();
        assertThat(told.stream().mapToLong(Told::examples).sum()).isEqualTo(10);
        assertThat(told.stream()
                        .mapToLong(one -> one.unmatched().predictionsWithoutLabel())
                        .sum())
                .isEqualTo(190);
        assertThat(told.stream()
                        .mapToLong(one -> one.unmatched().labelsWithoutPrediction())
                        .sum())
                .isEqualTo(190);
    }

    @Test
    void anotherModelsPredictionsAreSkipped() {
        pipeline.pipe(Samples.TOPICS.predictions(), "a", prediction("other", "a", 99, 1), at(1));
        label("a", 1, 2);
        end(2 * WINDOW);
        assertThat(told()).containsExactly(new Told(WINDOW, null, 0, 0, new Unmatched(0, 0, 0, 1)));
        assertThat(pipeline.raw(Samples.TOPICS.deadLetters())).isEmpty();
    }

    @Test
    void whatCannotBeUsedIsADeadLetter() {
        pipeline.pipe(Samples.TOPICS.predictions(), "a", prediction(Samples.MODEL, "a", 4, 1), at(1));
        pipeline.pipe(Samples.TOPICS.predictions(), "a", Samples.text("nonsense"), at(2));
        label("a", 4, 3);
        pipeline.pipe(Samples.TOPICS.labels(), "a", null, at(4));
        pipeline.pipe(Samples.TOPICS.labels(), "", Samples.text("x"), at(5));
        end(2 * WINDOW);
        assertThat(told()).isEmpty();
        assertThat(pipeline.raw(Samples.TOPICS.deadLetters()))
                .extracting(record -> new String(
                        record.headers().lastHeader(DeadLetter.REASON).value(),
                        java.nio.charset.StandardCharsets.UTF_8))
                .containsExactly("LABEL_RANGE", "UNDECODABLE", "LABEL_RANGE", "NULL_VALUE", "NULL_KEY");
    }

    /// Two partitions, one of them read after the other: known in that order, outcomes would look like a rise.
    @Test
    void theErrorIsWatchedInTheOrderOfTime() {
        for (int part = 0; part < 2; part++) {
            for (int i = 0; i < 800; i++) {
                String id = part + "-" + i;
                predict(id, 1, i < 400 ? 0 : 1, i / 500.0);
                label(id, i < 400 ? 2 : 1, i / 500.0);
            }
        }
        end(100);
        assertThat(pipeline.raw(Samples.TOPICS.driftEvents())).isEmpty();
    }

    @Test
    void aRiseOfTheErrorIsTold() {
        Random random = new Random(1);
        for (int i = 0; i < 2_000; i++) {
            predict("i" + i, 1, i / 1_000, i / 100.0);
            boolean wrong = random.nextDouble() < (i < 1_500 ? 0.05 : 0.5);
            label("i" + i, wrong ? 2 : 1, i / 100.0);
        }
        end(100);
        List<TestRecord<String, DriftEvent>> events = pipeline.records(
                Samples.TOPICS.driftEvents(), Samples.SERDES.driftEvent().deserializer());
        assertThat(events).singleElement().satisfies(record -> {
            assertThat(record.key()).isEqualTo(Samples.MODEL);
            assertThat(record.getRecordTime()).isBetween(at(15), at(16.5));
            DriftEvent event = record.value();
            assertThat(event.model()).isEqualTo(Samples.MODEL);
            assertThat(event.version()).isEqualTo(1);
            assertThat(event.before().rate()).isBetween(0.03, 0.08);
            assertThat(event.after().rate()).isBetween(0.3, 0.7);
            assertThat(event.before().examples() + event.after().examples()).isBetween(1_500L, 1_660L);
            assertThat(event.detector()).isEqualTo("ADWIN2, delta 0.002");
        });
        assertThat(meters.counter("inkstream.drift.events").count()).isEqualTo(1);
        assertThat(meters.get("inkstream.drift.error.ratio")
                        .tag("window", "after")
                        .gauge()
                        .value())
                .isEqualTo(events.getFirst().value().after().rate());
    }

    /// Between two error rates, for some outcomes, lies a third one.
    @Test
    void aRiseInTwoStepsIsToldOnce() {
        Random random = new Random(1);
        for (int i = 0; i < 3_000; i++) {
            predict("i" + i, 1, 0, i / 100.0);
            boolean wrong = random.nextDouble() < (i < 1_500 ? 0.05 : i < 1_600 ? 0.4 : 0.98);
            label("i" + i, wrong ? 2 : 1, i / 100.0);
        }
        end(100);
        assertThat(pipeline.raw(Samples.TOPICS.driftEvents())).hasSize(1);
    }

    /// What is told of a window, without the confusion matrix; `version` is null for none.
    private record Told(long start, Long version, long examples, long correct, Unmatched unmatched) {}

    private List<Told> told() {
        return evaluations().stream()
                .map(TestRecord::value)
                .map(live -> new Told(
                        Duration.between(START, live.window().start()).toSeconds(),
                        live.version().equals(OptionalLong.empty())
                                ? null
                                : live.version().getAsLong(),
                        live.confusion().examples(),
                        live.confusion().correct(),
                        live.unmatched()))
                .toList();
    }

    private List<TestRecord<String, LiveEvaluation>> evaluations() {
        return pipeline.records(
                Samples.TOPICS.liveEvaluations(),
                Samples.SERDES.liveEvaluation().deserializer());
    }

    private double unmatched(String reason) {
        return meters.counter("inkstream.live.unmatched", "reason", reason).count();
    }

    private void with(LiveSettings settings) {
        pipeline.close();
        pipeline = new Pipeline(Topologies.evaluator(settings, new SimpleMeterRegistry()));
    }

    private void predict(String id, int label, long version, double second) {
        pipeline.pipe(Samples.TOPICS.predictions(), id, prediction(Samples.MODEL, id, label, version), at(second));
    }

    private static byte[] prediction(String model, String id, int label, long version) {
        return Samples.SERDES
                .prediction()
                .serializer()
                .serialize(
                        "any",
                        new Prediction(
                                id,
                                label,
                                new float[label + 1],
                                new ModelVersion(model, version, Sha256.of(new byte[0])),
                                new Prediction.Position(0, 0),
                                START));
    }

    private void label(String id, int label, double second) {
        pipeline.pipe(
                Samples.TOPICS.labels(),
                id,
                Samples.SERDES.label().serializer().serialize("any", new Label(label, START)),
                at(second));
    }

    /// Lets stream time go on to a second, with a prediction whose own window does not end.
    private void end(double second) {
        predict("end", 0, 99, second);
    }

    private static Instant at(double second) {
        return START.plusMillis(Math.round(second * 1_000));
    }
}
