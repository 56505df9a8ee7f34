package dev.inkstream.labeler;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The rules of the join, with a window of one hour, in minutes of event time.
class LabelerTopologyTest {
    private final LabelerPipeline labeler = new LabelerPipeline(64_000_000);

    @AfterEach
    void close() {
        labeler.close();
    }

    @Test
    void anImageThenItsLabel() {
        labeler.image("a", 1, 0);
        labeler.label("a", 3, 5);
        assertThat(labeler.joined()).containsExactly(LabelerPipeline.joined("a", 1, 3, 5));
        labeler.assertCounts(1, 0, 0);
    }

    @Test
    void aLabelThenItsImage() {
        labeler.label("a", 3, 5);
        assertThat(labeler.joined()).isEmpty();
        labeler.image("a", 1, 7);
        assertThat(labeler.joined()).containsExactly(LabelerPipeline.joined("a", 1, 3, 7));
        labeler.assertCounts(1, 0, 0);
    }

    @Test
    void aLabelThatWasGivenBeforeTheImageWasTakenButComesAfterIt() {
        labeler.image("a", 1, 30);
        labeler.label("a", 3, 10);
        assertThat(labeler.joined()).containsExactly(LabelerPipeline.joined("a", 1, 3, 30));
    }

    @Test
    void eachImageHasItsOwnLabel() {
        labeler.image("a", 1, 0);
        labeler.image("b", 2, 0);
        labeler.label("b", 0, 1);
        labeler.label("a", 1, 2);
        assertThat(labeler.joined())
                .containsExactly(LabelerPipeline.joined("b", 2, 0, 1), LabelerPipeline.joined("a", 1, 1, 2));
    }

    @Test
    void theWindowIsInclusive() {
        labeler.image("a", 1, 0);
        labeler.label("b", 1, 0);
        labeler.label("a", 3, 60);
        labeler.image("b", 2, 60);
        assertThat(labeler.joined())
                .containsExactly(LabelerPipeline.joined("a", 1, 3, 60), LabelerPipeline.joined("b", 2, 1, 60));
        labeler.assertCounts(2, 0, 0);
    }

    @Test
    void aLabelLaterThanTheWindowIsWithoutImage() {
        labeler.image("a", 1, 0);
        labeler.labelAt("a", 3, LabelerPipeline.at(60).plusMillis(1));
        assertThat(labeler.held()).containsExactly("a");
        labeler.passTo(121);
        assertThat(labeler.joined()).isEmpty();
        assertThat(labeler.letters()).hasSize(1);
        labeler.assertCounts(0, 0, 1);
    }

    @Test
    void anImageLaterThanTheWindowLeavesTheLabelWithoutImage() {
        labeler.label("a", 3, 0);
        labeler.image("a", 1, 61);
        assertThat(labeler.joined()).isEmpty();
        assertThat(labeler.letters()).hasSize(1);
        labeler.label("a", 2, 62);
        assertThat(labeler.joined()).as("it has another label").containsExactly(LabelerPipeline.joined("a", 1, 2, 62));
    }

    @Test
    void theFirstLabelCountsWhileItWaits() {
        labeler.label("a", 3, 0);
        labeler.label("a", 2, 10);
        labeler.image("a", 1, 20);
        assertThat(labeler.joined()).containsExactly(LabelerPipeline.joined("a", 1, 3, 20));
        labeler.assertCounts(1, 1, 0);
        assertThat(labeler.letters()).isEmpty();
    }

    @Test
    void aSecondLabelIsADuplicateUntilAWindowAfterTheJoin() {
        labeler.image("a", 1, 0);
        labeler.label("a", 3, 50);
        labeler.label("a", 2, 50);
        labeler.label("a", 2, 110);
        labeler.assertCounts(1, 2, 0);
        labeler.labelAt("a", 2, LabelerPipeline.at(110).plusMillis(1));
        labeler.assertCounts(1, 2, 0);
        labeler.passTo(172);
        labeler.assertCounts(1, 2, 1);
        assertThat(labeler.joined()).hasSize(1);
        assertThat(labeler.letters()).hasSize(1);
    }

    @Test
    void aSecondLabelThatWasOvertakenIsADuplicateToo() {
        labeler.image("a", 1, 100);
        labeler.label("a", 3, 100);
        labeler.label("a", 3, 1);
        labeler.assertCounts(1, 1, 0);
        assertThat(labeler.letters()).isEmpty();
    }

    @Test
    void theFirstImageCounts() {
        labeler.image("a", 1, 0);
        labeler.image("a", 2, 30);
        labeler.label("a", 3, 60);
        labeler.image("a", 4, 60);
        assertThat(labeler.joined()).containsExactly(LabelerPipeline.joined("a", 1, 3, 60));
        assertThat(labeler.letters()).isEmpty();
    }

    @Test
    void anImageSentAgainDoesNotLengthenTheWindow() {
        labeler.image("a", 1, 0);
        labeler.image("a", 1, 30);
        labeler.label("a", 3, 61);
        labeler.passTo(122);
        labeler.assertCounts(0, 0, 1);
    }

    @Test
    void anImageSentAgainAfterItsMarkIsGoneIsANewOne() {
        labeler.image("a", 1, 0);
        labeler.label("a", 3, 0);
        labeler.image("a", 2, 61);
        labeler.label("a", 1, 61);
        assertThat(labeler.joined())
                .containsExactly(LabelerPipeline.joined("a", 1, 3, 0), LabelerPipeline.joined("a", 2, 1, 61));
    }

    @Test
    void whatComesWhenItsWindowHasClosedStillFindsItsOtherHalf() {
        labeler.image("a", 1, 150);
        labeler.label("b", 2, 150);
        labeler.passTo(200);
        labeler.label("a", 3, 100);
        labeler.image("b", 4, 100);
        assertThat(labeler.joined())
                .containsExactly(LabelerPipeline.joined("a", 1, 3, 150), LabelerPipeline.joined("b", 4, 2, 150));
    }

    @Test
    void whatWasOvertakenByMoreThanTheWindowDoesNot() {
        labeler.image("a", 1, 150);
        labeler.label("b", 2, 150);
        labeler.label("a", 3, 89);
        labeler.image("b", 4, 89);
        assertThat(labeler.joined()).isEmpty();
        labeler.assertCounts(0, 0, 1);
        assertThat(labeler.held()).containsExactly("a", "b");
        labeler.label("a", 0, 151);
        labeler.image("b", 5, 151);
        assertThat(labeler.joined())
                .containsExactly(LabelerPipeline.joined("a", 1, 0, 151), LabelerPipeline.joined("b", 5, 2, 151));
    }

    @Test
    void wallClockClosesNothing() {
        labeler.label("a", 3, 0);
        labeler.pipeline().advanceWallClock(Duration.ofDays(9));
        assertThat(labeler.letters()).isEmpty();
        labeler.image("a", 1, 60);
        assertThat(labeler.joined()).hasSize(1);
    }
}
