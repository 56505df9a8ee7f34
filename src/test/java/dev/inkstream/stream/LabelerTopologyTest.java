package dev.inkstream.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkstream.record.Label;
import dev.inkstream.record.LabeledImage;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The rules of the join, with a window of one hour, in minutes of event time.
class LabelerTopologyTest {
    private static final Instant START = Instant.parse("2026-11-24T00:00:00Z");

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private Pipeline pipeline = new Pipeline(Topologies.labeler(meters));

    @AfterEach
    void close() {
        pipeline.close();
    }

    @Test
    void anImageThenItsLabel() {
        image("a", 1, 0);
        label("a", 3, 5);
        assertThat(joined()).containsExactly(joined("a", 1, 3, 5));
        assertCounts(1, 0, 0);
    }

    @Test
    void aLabelThenItsImage() {
        label("a", 3, 5);
        assertThat(joined()).isEmpty();
        image("a", 1, 7);
        assertThat(joined()).containsExactly(joined("a", 1, 3, 7));
        assertCounts(1, 0, 0);
    }

    @Test
    void aLabelThatWasGivenBeforeTheImageWasTakenButComesAfterIt() {
        image("a", 1, 30);
        label("a", 3, 10);
        assertThat(joined()).containsExactly(joined("a", 1, 3, 30));
    }

    @Test
    void eachImageHasItsOwnLabel() {
        image("a", 1, 0);
        image("b", 2, 0);
        label("b", 0, 1);
        label("a", 1, 2);
        assertThat(joined()).containsExactly(joined("b", 2, 0, 1), joined("a", 1, 1, 2));
    }

    @Test
    void theWindowIsInclusive() {
        image("a", 1, 0);
        label("b", 1, 0);
        label("a", 3, 60);
        image("b", 2, 60);
        assertThat(joined()).containsExactly(joined("a", 1, 3, 60), joined("b", 2, 1, 60));
        assertCounts(2, 0, 0);
    }

    @Test
    void aLabelLaterThanTheWindowIsWithoutImage() {
        image("a", 1, 0);
        labelAt("a", 3, at(60).plusMillis(1));
        assertThat(held()).containsExactly("a");
        passTo(121);
        assertThat(joined()).isEmpty();
        assertThat(letters()).hasSize(1);
        assertCounts(0, 0, 1);
    }

    @Test
    void anImageLaterThanTheWindowLeavesTheLabelWithoutImage() {
        label("a", 3, 0);
        image("a", 1, 61);
        assertThat(joined()).isEmpty();
        assertThat(letters()).hasSize(1);
        label("a", 2, 62);
        assertThat(joined()).as("it has another label").containsExactly(joined("a", 1, 2, 62));
    }

    @Test
    void theFirstLabelCountsWhileItWaits() {
        label("a", 3, 0);
        label("a", 2, 10);
        image("a", 1, 20);
        assertThat(joined()).containsExactly(joined("a", 1, 3, 20));
        assertCounts(1, 1, 0);
        assertThat(letters()).isEmpty();
    }

    @Test
    void aSecondLabelIsADuplicateUntilAWindowAfterTheJoin() {
        image("a", 1, 0);
        label("a", 3, 50);
        label("a", 2, 50);
        label("a", 2, 110);
        assertCounts(1, 2, 0);
        labelAt("a", 2, at(110).plusMillis(1));
        assertCounts(1, 2, 0);
        passTo(172);
        assertCounts(1, 2, 1);
        assertThat(joined()).hasSize(1);
        assertThat(letters()).hasSize(1);
    }

    @Test
    void aSecondLabelThatWasOvertakenIsADuplicateToo() {
        image("a", 1, 100);
        label("a", 3, 100);
        label("a", 3, 1);
        assertCounts(1, 1, 0);
        assertThat(letters()).isEmpty();
    }

    @Test
    void theFirstImageCounts() {
        image("a", 1, 0);
        image("a", 2, 30);
        label("a", 3, 60);
        image("a", 4, 60);
        assertThat(joined()).containsExactly(joined("a", 1, 3, 60));
        assertThat(letters()).isEmpty();
    }

    @Test
    void anImageSentAgainDoesNotLengthenTheWindow() {
        image("a", 1, 0);
        image("a", 1, 30);
        label("a", 3, 61);
        passTo(122);
        assertCounts(0, 0, 1);
    }

    @Test
    void anImageSentAgainAfterItsMarkIsGoneIsANewOne() {
        image("a", 1, 0);
        label("a", 3, 0);
        image("a", 2, 61);
        label("a", 1, 61);
        assertThat(joined()).containsExactly(joined("a", 1, 3, 0), joined("a", 2, 1, 61));
    }

    @Test
    void imagesWithoutLabelsAreForgotten() {
        for (int i = 0; i < 50; i++) {
            image("id-" + i, i, i);
        }
        passTo(70);
        assertThat(held()).hasSize(40 + 1);
        passTo(200);
        assertThat(held()).containsExactly("pass-200");
        assertThat(letters()).isEmpty();
        assertCounts(0, 0, 0);
    }

    @Test
    void whatComesWhenItsWindowHasClosedEndsAtOnce() {
        passTo(200);
        label("a", 3, 139);
        image("b", 1, 139);
        assertThat(held()).containsExactly("pass-200");
        assertThat(letters())
                .singleElement()
                .satisfies(letter -> assertThat(text(letter, DeadLetter.MESSAGE))
                        .isEqualTo("no image of this id is held, and stream time is more than PT1H past the label"));
        assertCounts(0, 0, 1);
    }

    @Test
    void whatComesWhenItsWindowHasClosedStillFindsItsOtherHalf() {
        image("a", 1, 150);
        label("b", 2, 150);
        passTo(200);
        label("a", 3, 100);
        image("b", 4, 100);
        assertThat(joined()).containsExactly(joined("a", 1, 3, 150), joined("b", 4, 2, 150));
    }

    @Test
    void whatWasOvertakenByMoreThanTheWindowDoesNot() {
        image("a", 1, 150);
        label("b", 2, 150);
        label("a", 3, 89);
        image("b", 4, 89);
        assertThat(joined()).isEmpty();
        assertCounts(0, 0, 1);
        assertThat(held()).containsExactly("a", "b");
        label("a", 0, 151);
        image("b", 5, 151);
        assertThat(joined()).containsExactly(joined("a", 1, 0, 151), joined("b", 5, 2, 151));
    }

    @Test
    void theDeadLetterOfALabelIsTheLabelAsItCame() {
        byte[] other = Samples.bytes(new Label(7, START.plusSeconds(1)));
        label("x", 1, 0);
        Header[] original = {
            new RecordHeader("trace", Samples.text("1")),
            new RecordHeader("trace", new byte[] {-1, 0}),
            new RecordHeader("leer", null),
            new RecordHeader("", new byte[0])
        };
        pipeline.pipe(Samples.TOPICS.labels(), Samples.text("ä"), other, new RecordHeaders(original), at(3));
        image("x", 0, 10);
        assertThat(letters()).isEmpty();
        passTo(64);

        assertThat(letters()).singleElement().satisfies(letter -> {
            assertThat(letter.key()).isEqualTo(Samples.text("ä"));
            assertThat(letter.value()).isEqualTo(other);
            assertThat(letter.getRecordTime()).isEqualTo(at(3));
            assertThat(letter.headers().toArray()).startsWith(original).hasSize(original.length + 7);
            assertThat(text(letter, DeadLetter.REASON)).isEqualTo("NO_IMAGE");
            assertThat(text(letter, DeadLetter.MESSAGE)).isEqualTo("no image of this id came within PT1H");
            assertThat(text(letter, DeadLetter.TOPIC)).isEqualTo(Samples.TOPICS.labels());
            assertThat(text(letter, DeadLetter.PARTITION)).isEqualTo("0");
            assertThat(text(letter, DeadLetter.OFFSET)).isEqualTo("1");
            assertThat(text(letter, DeadLetter.APPLICATION)).isEqualTo(Pipeline.APPLICATION);
            assertThat(text(letter, DeadLetter.AT)).isEqualTo("2026-11-24T05:00:00Z");
        });
        assertThat(meters.counter(DeadLetters.COUNTER, "topic", Samples.TOPICS.labels(), "reason", "NO_IMAGE")
                        .count())
                .isEqualTo(1);
    }

    @Test
    void wallClockClosesNothing() {
        label("a", 3, 0);
        pipeline.advanceWallClock(Duration.ofDays(9));
        assertThat(letters()).isEmpty();
        image("a", 1, 60);
        assertThat(joined()).hasSize(1);
    }

    @Test
    void beyondTheLimitTheOldestIsForgotten() {
        pipeline.close();
        pipeline = new Pipeline(Topologies.labeler(Duration.ofHours(1), 2_000_000, meters));
        label("label", 1, 0);
        image("first", 1, 1);
        image("second", 2, 2);
        label("second", 2, 2);
        assertThat(held()).hasSize(3);
        int images = 0;
        while (isHeld("second")) {
            image("more-%05d".formatted(images++), images, 3);
        }
        assertThat(images).isBetween(6_000, 9_000);
        assertThat(held()).hasSize(images).doesNotContain("first", "label").contains("more-00000");
        assertThat(letters())
                .singleElement()
                .satisfies(letter -> assertThat(text(letter, DeadLetter.MESSAGE))
                        .isEqualTo("no image of this id had come when the memory for waiting labels ran out"));
        assertThat(List.of("image", "label", "joined"))
                .allSatisfy(kind -> assertThat(meters.counter(LabelCounts.EVICTED, "held", kind)
                                .count())
                        .isEqualTo(1));
        assertCounts(1, 0, 1);
        image("more-again", 1, 3);
        assertThat(held()).as("ties go by id").doesNotContain("more-00000").hasSize(images);
    }

    @Test
    void badRecordsAreDeadLetters() {
        pipeline.pipe(Samples.TOPICS.images(), Samples.text("a"), Samples.text("no image"));
        pipeline.pipe(Samples.TOPICS.labels(), Samples.text("a"), Samples.bytes(Samples.image(1)));
        pipeline.pipe(Samples.TOPICS.labels(), null, Samples.bytes(new Label(1, START)));
        pipeline.pipe(Samples.TOPICS.images(), new byte[] {-1}, Samples.bytes(Samples.image(1)));
        pipeline.pipe(Samples.TOPICS.images(), Samples.text("a"), null);
        assertThat(letters())
                .extracting(letter -> text(letter, DeadLetter.REASON) + " of " + text(letter, DeadLetter.TOPIC) + "@"
                        + text(letter, DeadLetter.OFFSET))
                .containsExactly(
                        "UNDECODABLE of t.images@0",
                        "UNDECODABLE of t.labels@0",
                        "NULL_KEY of t.labels@1",
                        "UNDECODABLE of t.images@1",
                        "NULL_VALUE of t.images@2");
        assertThat(held()).isEmpty();
        assertCounts(0, 0, 0);
    }

    private void image(String id, long number, long minute) {
        pipeline.pipe(
                Samples.TOPICS.images(),
                Samples.text(id),
                Samples.bytes(Samples.image(number)),
                new RecordHeaders(),
                at(minute));
    }

    private void label(String id, int label, long minute) {
        labelAt(id, label, at(minute));
    }

    private void labelAt(String id, int label, Instant time) {
        pipeline.pipe(
                Samples.TOPICS.labels(),
                Samples.text(id),
                Samples.bytes(new Label(label, START)),
                new RecordHeaders(),
                time);
    }

    /// Moves stream time on.
    private void passTo(long minute) {
        image("pass-" + minute, 0, minute);
    }

    private record Joined(String id, Instant time, LabeledImage value) {}

    private static Joined joined(String id, long image, int label, long minute) {
        return new Joined(id, at(minute), new LabeledImage(Samples.image(image), label));
    }

    private List<Joined> joined() {
        return pipeline
                .records(
                        Samples.TOPICS.labeledImages(),
                        Samples.SERDES.labeledImage().deserializer())
                .stream()
                .map(record -> new Joined(record.key(), record.getRecordTime(), record.value()))
                .toList();
    }

    private List<TestRecord<byte[], byte[]>> letters() {
        return pipeline.raw(Samples.TOPICS.deadLetters());
    }

    private List<String> held() {
        List<String> ids = new ArrayList<>();
        try (var all = pipeline.<byte[], byte[]>store(LabelerTopology.HELD).all()) {
            all.forEachRemaining(entry -> ids.add(new String(entry.key, StandardCharsets.UTF_8)));
        }
        return ids;
    }

    private boolean isHeld(String id) {
        return pipeline.<byte[], byte[]>store(LabelerTopology.HELD).get(Samples.text(id)) != null;
    }

    private void assertCounts(int joined, int duplicate, int withoutImage) {
        assertThat(count("joined")).as("joined").isEqualTo(joined);
        assertThat(count("duplicate")).as("duplicate").isEqualTo(duplicate);
        assertThat(count("without_image")).as("without image").isEqualTo(withoutImage);
    }

    private double count(String outcome) {
        return meters.counter(LabelCounts.LABELS, "outcome", outcome).count();
    }

    private static Instant at(long minute) {
        return START.plus(Duration.ofMinutes(minute));
    }

    private static String text(TestRecord<byte[], byte[]> letter, String header) {
        return new String(letter.headers().lastHeader(header).value(), StandardCharsets.UTF_8);
    }
}
