package dev.inkstream.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkstream.live.LivePipeline.Published;
import dev.inkstream.record.LiveEvaluation;
import dev.inkstream.record.LiveEvaluation.Unmatched;
import dev.inkstream.stream.Samples;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The rules of the live join, each by itself. Labels wait ten minutes, windows are of one.
class LiveAccuracyTest {
    private static final int WINDOW = 600;
    private static final Unmatched NONE = new Unmatched(0, 0, 0, 0);

    private final LivePipeline live = new LivePipeline(LivePipeline.settings(1_000_000, Duration.ofSeconds(2)));

    @AfterEach
    void close() {
        live.close();
    }

    @Test
    void anOutcomeIsToldWhenItsWindowIsOver() {
        live.predict("a", 1, 7, 5);
        live.predict("b", 2, 7, 6);
        live.label("a", 1, 20);
        live.label("b", 3, 59.999);
        assertThat(live.evaluations()).isEmpty();
        live.predict("c", 0, 7, 60);
        assertThat(live.evaluations()).as("a label may still come").isEmpty();
        live.label("d", 0, 60);
        assertThat(live.evaluations()).singleElement().satisfies(record -> {
            assertThat(record.key()).isEqualTo(Samples.MODEL);
            assertThat(record.getRecordTime()).isEqualTo(LivePipeline.at(60));
            LiveEvaluation live = record.value();
            assertThat(live.model()).isEqualTo(Samples.MODEL);
            assertThat(live.version()).hasValue(7);
            assertThat(live.window()).isEqualTo(new LiveEvaluation.Window(LivePipeline.at(0), LivePipeline.at(60)));
            assertThat(live.confusion().examples()).isEqualTo(2);
            assertThat(live.confusion().correct()).isEqualTo(1);
            assertThat(live.confusion().count(1, 1)).isEqualTo(1);
            assertThat(live.confusion().count(3, 2)).isEqualTo(1);
            assertThat(live.unmatched()).isEqualTo(NONE);
        });
        assertThat(live.meters()
                        .counter("inkstream.live.outcomes", "outcome", "correct")
                        .count())
                .isEqualTo(1);
        assertThat(live.meters()
                        .counter("inkstream.live.outcomes", "outcome", "wrong")
                        .count())
                .isEqualTo(1);
        assertThat(live.meters()
                        .counter("inkstream.live.confusion", "label", "3", "prediction", "2")
                        .count())
                .isEqualTo(1);
    }

    @Test
    void aLabelMayComeFirst() {
        live.label("a", 2, 10);
        live.predict("a", 2, 1, 70);
        live.end(300);
        assertThat(live.published()).containsExactly(new Published(60, 1L, 1, 1, NONE));
    }

    @Test
    void anOutcomeBelongsToTheWindowOfTheLaterOfTheTwo() {
        live.predict("a", 1, 1, 119.999);
        live.label("a", 1, 30);
        live.predict("b", 1, 1, 30);
        live.label("b", 1, 120);
        live.end(300);
        assertThat(live.published())
                .containsExactly(new Published(60, 1L, 1, 1, NONE), new Published(120, 1L, 1, 1, NONE));
    }

    @Test
    void versionsAreToldApart() {
        live.predict("a", 1, 1, 1);
        live.predict("b", 1, 2, 2);
        live.label("b", 2, 3);
        live.label("a", 1, 4);
        live.end(60);
        assertThat(live.published())
                .containsExactly(new Published(0, 1L, 1, 1, NONE), new Published(0, 2L, 1, 0, NONE));
    }

    @Test
    void whatIsOutOfOrderIsCountedInTheFirstWindowThatIsNotOver() {
        live.predict("a", 1, 1, 30);
        live.predict("other", 1, 1, 185);
        live.label("other", 1, 185);
        live.label("a", 1, 31);
        live.end(240);
        assertThat(live.published()).containsExactly(new Published(180, 1L, 2, 2, NONE));
    }

    @Test
    void whatOneOfTheTwoHasOvertakenIsCountedInItsOwnWindow() {
        live.predict("a", 1, 1, 30);
        live.predict("other", 1, 1, 185);
        live.label("a", 1, 31);
        live.end(240);
        assertThat(live.published()).containsExactly(new Published(0, 1L, 1, 1, NONE));
    }

    @Test
    void theFirstLabelCountsAndFurtherOnesAreDuplicates() {
        live.predict("a", 1, 1, 1);
        live.label("a", 1, 2);
        live.label("a", 3, 3);
        live.label("a", 1, 65);
        live.end(120);
        assertThat(live.published())
                .containsExactly(
                        new Published(0, 1L, 1, 1, new Unmatched(0, 1, 0, 0)),
                        new Published(60, 1L, 0, 0, new Unmatched(0, 1, 0, 0)));
        assertThat(live.unmatched("duplicate_label")).isEqualTo(2);
    }

    @Test
    void duplicatesOfALabelThatWaitsAreThoseOfItsPrediction() {
        live.label("a", 1, 1);
        live.label("a", 2, 2);
        live.label("a", 3, 3);
        live.predict("a", 1, 4, 5);
        live.end(60);
        assertThat(live.published()).containsExactly(new Published(0, 4L, 1, 1, new Unmatched(0, 2, 0, 0)));
    }

    @Test
    void theFirstPredictionCounts() {
        live.predict("a", 1, 1, 1);
        live.predict("a", 2, 2, 2);
        live.label("a", 1, 3);
        live.predict("a", 3, 3, 4);
        live.end(60);
        assertThat(live.published()).containsExactly(new Published(0, 1L, 1, 1, NONE));
    }

    @Test
    void aLabelMayComeAsLateAsTheWindowIsLong() {
        live.predict("a", 1, 1, 0);
        live.label("a", 1, WINDOW);
        live.end(WINDOW + 60);
        assertThat(live.published()).containsExactly(new Published(WINDOW, 1L, 1, 1, NONE));
    }

    @Test
    void aLabelAfterTheWindowIsLate() {
        live.predict("a", 1, 1, 0);
        live.label("a", 1, WINDOW + 0.001);
        live.label("a", 1, WINDOW + 1);
        live.end(WINDOW + 60);
        assertThat(live.published()).containsExactly(new Published(WINDOW, 1L, 0, 0, new Unmatched(2, 0, 1, 0)));
        assertThat(live.unmatched("late_label")).isEqualTo(2);
        assertThat(live.unmatched("prediction_without_label")).isEqualTo(1);
    }

    @Test
    void aClosedPredictionIsRememberedForOneMoreWindow() {
        live.predict("a", 1, 1, 0);
        live.predict("b", 1, 1, 0);
        live.label("a", 1, 2 * WINDOW);
        live.label("b", 1, 2 * WINDOW + 0.001);
        live.end(4 * WINDOW);
        assertThat(live.published())
                .containsExactly(
                        new Published(WINDOW, 1L, 0, 0, new Unmatched(0, 0, 2, 0)),
                        new Published(2 * WINDOW, 1L, 0, 0, new Unmatched(1, 0, 0, 0)),
                        new Published(3 * WINDOW, null, 0, 0, new Unmatched(0, 0, 0, 1)));
    }

    @Test
    void aJoinedImageIsRememberedForOneWindowAfterTheJoin() {
        live.predict("a", 1, 1, 0);
        live.label("a", 1, 1);
        live.label("a", 1, WINDOW + 1);
        live.label("a", 1, WINDOW + 1.001);
        live.end(4 * WINDOW);
        assertThat(live.published())
                .containsExactly(
                        new Published(0, 1L, 1, 1, NONE),
                        new Published(WINDOW, 1L, 0, 0, new Unmatched(0, 1, 0, 0)),
                        new Published(2 * WINDOW, null, 0, 0, new Unmatched(0, 0, 0, 1)));
    }

    /// The same two records find no partner in either order.
    @Test
    void aPredictionAndALabelThatAreFurtherApartThanTheWindowAreNoOutcome() {
        live.predict("a", 1, 1, WINDOW + 0.001);
        live.label("a", 1, 0);
        live.label("b", 1, WINDOW + 0.001);
        live.predict("b", 1, 2, 0);
        live.end(3 * WINDOW);
        assertThat(live.published())
                .containsExactly(
                        new Published(WINDOW, null, 0, 0, new Unmatched(0, 0, 0, 1)),
                        new Published(WINDOW, 2L, 0, 0, new Unmatched(0, 0, 1, 0)),
                        new Published(2 * WINDOW, null, 0, 0, new Unmatched(0, 0, 0, 1)),
                        new Published(2 * WINDOW, 1L, 0, 0, new Unmatched(0, 0, 1, 0)));
    }

    @Test
    void aLabelWithoutAPredictionIsCountedAsOftenAsItCame() {
        live.label("a", 1, 1);
        live.label("a", 1, 2);
        live.label("b", 1, 61);
        live.end(2 * WINDOW);
        assertThat(live.published())
                .containsExactly(
                        new Published(WINDOW, null, 0, 0, new Unmatched(0, 0, 0, 2)),
                        new Published(WINDOW + 60, null, 0, 0, new Unmatched(0, 0, 0, 1)));
        assertThat(live.unmatched("label_without_prediction")).isEqualTo(3);
    }

    @Test
    void aPredictionAfterTheWindowOfItsLabelHasNone() {
        live.label("a", 1, 0);
        live.predict("a", 1, 1, WINDOW + 0.001);
        live.end(3 * WINDOW);
        assertThat(live.published())
                .containsExactly(
                        new Published(WINDOW, null, 0, 0, new Unmatched(0, 0, 0, 1)),
                        new Published(2 * WINDOW, 1L, 0, 0, new Unmatched(0, 0, 1, 0)));
    }

    @Test
    void whatComesOverdueIsClosedAtOnce() {
        live.predict("now", 1, 1, 10_000);
        live.label("now", 1, 10_000);
        live.predict("a", 1, 1, 0);
        live.label("b", 1, 0);
        live.end(10_100);
        assertThat(live.published())
                .containsExactly(
                        new Published(9_960, null, 0, 0, new Unmatched(0, 0, 0, 1)),
                        new Published(9_960, 1L, 1, 1, new Unmatched(0, 0, 1, 0)));
    }

    @Test
    void timeIsThatOfTheRecordsAlone() {
        live.predict("a", 1, 1, 0);
        live.pipeline().advanceWallClock(Duration.ofDays(1));
        live.label("a", 1, 1);
        live.pipeline().advanceWallClock(Duration.ofDays(1));
        assertThat(live.evaluations()).isEmpty();
        live.end(60);
        assertThat(live.published()).containsExactly(new Published(0, 1L, 1, 1, NONE));
    }
}
