package dev.inkstream.labeler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkstream.record.Label;
import dev.inkstream.stream.Pipeline;
import dev.inkstream.stream.Samples;
import dev.inkstream.stream.intake.DeadLetterHeaders;
import dev.inkstream.stream.intake.DeadLetterSink;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What the labeler gives up: when its window closes, when memory runs out, or at once. Times are in minutes.
class LabelerGivesUpTest {
    private LabelerPipeline labeler = new LabelerPipeline(64_000_000);

    @AfterEach
    void close() {
        labeler.close();
    }

    @Test
    void imagesWithoutLabelsAreForgotten() {
        for (int i = 0; i < 50; i++) {
            labeler.image("id-" + i, i, i);
        }
        labeler.passTo(70);
        assertThat(labeler.held()).hasSize(40 + 1);
        labeler.passTo(200);
        assertThat(labeler.held()).containsExactly("pass-200");
        assertThat(labeler.letters()).isEmpty();
        labeler.assertCounts(0, 0, 0);
    }

    @Test
    void whatComesWhenItsWindowHasClosedEndsAtOnce() {
        labeler.passTo(200);
        labeler.label("a", 3, 139);
        labeler.image("b", 1, 139);
        assertThat(labeler.held()).containsExactly("pass-200");
        assertThat(labeler.letters())
                .singleElement()
                .satisfies(letter -> assertThat(LabelerPipeline.text(letter, DeadLetterHeaders.MESSAGE))
                        .isEqualTo("no image of this id is held, and stream time is more than PT1H past the label"));
        labeler.assertCounts(0, 0, 1);
    }

    @Test
    void theDeadLetterOfALabelIsTheLabelAsItCame() {
        byte[] other = Samples.bytes(new Label(7, LabelerPipeline.START.plusSeconds(1)));
        labeler.label("x", 1, 0);
        Header[] original = {
            new RecordHeader("trace", Samples.text("1")),
            new RecordHeader("trace", new byte[] {-1, 0}),
            new RecordHeader("leer", null),
            new RecordHeader("", new byte[0])
        };
        labeler.pipeline()
                .pipe(
                        Samples.TOPICS.labels().name(),
                        Samples.text("ä"),
                        other,
                        new RecordHeaders(original),
                        LabelerPipeline.at(3));
        labeler.image("x", 0, 10);
        assertThat(labeler.letters()).isEmpty();
        labeler.passTo(64);

        assertThat(labeler.letters()).singleElement().satisfies(letter -> {
            assertThat(letter.key()).isEqualTo(Samples.text("ä"));
            assertThat(letter.value()).isEqualTo(other);
            assertThat(letter.getRecordTime()).isEqualTo("2026-11-24T05:00:30Z");
            assertThat(LabelerPipeline.text(letter, DeadLetterHeaders.TIMESTAMP))
                    .isEqualTo(Long.toString(LabelerPipeline.at(3).toEpochMilli()));
            assertThat(letter.headers().toArray()).endsWith(original).hasSize(original.length + 8);
            assertThat(LabelerPipeline.text(letter, DeadLetterHeaders.REASON)).isEqualTo("NO_IMAGE");
            assertThat(LabelerPipeline.text(letter, DeadLetterHeaders.MESSAGE))
                    .isEqualTo("no image of this id came within PT1H");
            assertThat(LabelerPipeline.text(letter, DeadLetterHeaders.TOPIC))
                    .isEqualTo(Samples.TOPICS.labels().name());
            assertThat(LabelerPipeline.text(letter, DeadLetterHeaders.PARTITION))
                    .isEqualTo("0");
            assertThat(LabelerPipeline.text(letter, DeadLetterHeaders.OFFSET)).isEqualTo("1");
            assertThat(LabelerPipeline.text(letter, DeadLetterHeaders.APPLICATION))
                    .isEqualTo(Pipeline.APPLICATION);
            assertThat(LabelerPipeline.text(letter, DeadLetterHeaders.AT)).isEqualTo("2026-11-24T05:00:30Z");
        });
        assertThat(labeler.meters()
                        .counter(
                                DeadLetterSink.COUNTER,
                                "topic",
                                Samples.TOPICS.labels().name(),
                                "reason",
                                "NO_IMAGE")
                        .count())
                .isEqualTo(1);
    }

    @Test
    void beyondTheLimitMarksAreForgottenThenTheOldest() {
        labeler.close();
        labeler = new LabelerPipeline(2_000_000);
        labeler.label("label", 1, 0);
        labeler.image("first", 1, 1);
        labeler.image("second", 2, 2);
        labeler.label("second", 2, 2);
        assertThat(labeler.held()).hasSize(3);
        int images = 0;
        while (labeler.isHeld("second")) {
            labeler.image("more-%05d".formatted(images++), images, 3);
        }
        assertThat(labeler.held()).as("what waits").contains("first", "label");
        while (labeler.isHeld("first")) {
            labeler.image("more-%05d".formatted(images++), images, 3);
        }
        assertThat(images).isBetween(6_000, 9_000);
        assertThat(labeler.held())
                .hasSize(images)
                .doesNotContain("first", "label")
                .contains("more-00000");
        assertThat(labeler.letters())
                .singleElement()
                .satisfies(letter -> assertThat(LabelerPipeline.text(letter, DeadLetterHeaders.MESSAGE))
                        .isEqualTo("no image of this id had come when the memory for waiting labels ran out"));
        assertThat(List.of("image", "label", "joined"))
                .allSatisfy(kind -> assertThat(labeler.meters()
                                .counter(LabelerMeters.EVICTED, "held", kind)
                                .count())
                        .isEqualTo(1));
        labeler.assertCounts(1, 0, 1);
        labeler.image("more-again", 1, 3);
        assertThat(labeler.held())
                .as("ties go by id")
                .doesNotContain("more-00000")
                .hasSize(images);
    }

    @Test
    void badRecordsAreDeadLetters() {
        labeler.pipeline().pipe(Samples.TOPICS.images().name(), Samples.text("a"), Samples.text("no image"));
        labeler.pipeline().pipe(Samples.TOPICS.labels().name(), Samples.text("a"), Samples.bytes(Samples.image(1)));
        labeler.pipeline()
                .pipe(Samples.TOPICS.labels().name(), null, Samples.bytes(new Label(1, LabelerPipeline.START)));
        labeler.pipeline().pipe(Samples.TOPICS.images().name(), new byte[] {-1}, Samples.bytes(Samples.image(1)));
        labeler.pipeline().pipe(Samples.TOPICS.images().name(), Samples.text("a"), null);
        assertThat(labeler.letters())
                .extracting(letter -> LabelerPipeline.text(letter, DeadLetterHeaders.REASON) + " of "
                        + LabelerPipeline.text(letter, DeadLetterHeaders.TOPIC) + "@"
                        + LabelerPipeline.text(letter, DeadLetterHeaders.OFFSET))
                .containsExactly(
                        "UNDECODABLE of t.images@0",
                        "UNDECODABLE of t.labels@0",
                        "NULL_KEY of t.labels@1",
                        "UNDECODABLE of t.images@1",
                        "NULL_VALUE of t.images@2");
        assertThat(labeler.held()).isEmpty();
        labeler.assertCounts(0, 0, 0);
    }
}
