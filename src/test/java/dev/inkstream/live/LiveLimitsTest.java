package dev.inkstream.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkstream.live.LivePipeline.Published;
import dev.inkstream.record.LiveEvaluation.Unmatched;
import dev.inkstream.stream.Samples;
import dev.inkstream.stream.intake.DeadLetterHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What the live join leaves out: what is beyond its memory, of another model, or of no use.
class LiveLimitsTest {
    private static final int WINDOW = 600;

    private LivePipeline live = new LivePipeline(LivePipeline.settings(1_000_000, Duration.ofSeconds(2)));

    @AfterEach
    void close() {
        live.close();
    }

    @Test
    void beyondTheLimitTheOldestAreClosedEarly() {
        with(900);
        live.predict("joined", 1, 1, 0);
        live.label("joined", 1, 1);
        live.label("b", 1, 3);
        live.predict("a", 1, 1, 2);
        live.predict("c", 1, 1, 4);
        // What waits for nothing goes first: this is no duplicate any more. Now it is one too many itself.
        live.label("joined", 1, 1.5);
        live.predict("d", 1, 1, 6);
        live.label("c", 1, 7);
        live.label("d", 1, 8);
        live.end(60);
        assertThat(live.published())
                .containsExactly(
                        new Published(0, null, 0, 0, new Unmatched(0, 0, 0, 1)),
                        new Published(0, 1L, 3, 3, new Unmatched(0, 0, 1, 0)));
    }

    @Test
    void manyImagesStayWithinTheLimit() {
        with(2_500);
        for (int i = 0; i < 200; i++) {
            live.predict("p" + i, 1, 1, i);
        }
        for (int i = 199; i >= 0; i--) {
            live.label("p" + i, 1, 200);
        }
        live.end(3 * WINDOW);
        List<Published> published = live.published();
        assertThat(published.stream().mapToLong(Published::examples).sum()).isEqualTo(10);
        assertThat(published.stream()
                        .mapToLong(one -> one.unmatched().predictionsWithoutLabel())
                        .sum())
                .isEqualTo(190);
        assertThat(published.stream()
                        .mapToLong(one -> one.unmatched().labelsWithoutPrediction())
                        .sum())
                .isEqualTo(190);
    }

    @Test
    void anotherModelsPredictionsAreSkipped() {
        live.pipeline()
                .pipe(
                        Samples.TOPICS.predictions().name(),
                        "a",
                        LivePipeline.prediction("other", "a", 99, 1),
                        LivePipeline.at(1));
        live.label("a", 1, 2);
        live.end(2 * WINDOW);
        assertThat(live.published()).containsExactly(new Published(WINDOW, null, 0, 0, new Unmatched(0, 0, 0, 1)));
        assertThat(live.pipeline().raw(Samples.TOPICS.deadLetters().name())).isEmpty();
    }

    @Test
    void whatCannotBeUsedIsADeadLetter() {
        live.pipeline()
                .pipe(
                        Samples.TOPICS.predictions().name(),
                        "a",
                        LivePipeline.prediction(Samples.MODEL, "a", 4, 1),
                        LivePipeline.at(1));
        live.pipeline().pipe(Samples.TOPICS.predictions().name(), "a", Samples.text("nonsense"), LivePipeline.at(2));
        live.label("a", 4, 3);
        live.pipeline().pipe(Samples.TOPICS.labels().name(), "a", null, LivePipeline.at(4));
        live.pipeline().pipe(Samples.TOPICS.labels().name(), "", Samples.text("x"), LivePipeline.at(5));
        live.label("x".repeat(1_025), 1, 6);
        live.end(2 * WINDOW);
        assertThat(live.published()).isEmpty();
        assertThat(live.pipeline().raw(Samples.TOPICS.deadLetters().name()))
                .extracting(record -> new String(
                        record.headers().lastHeader(DeadLetterHeaders.REASON).value(), StandardCharsets.UTF_8))
                .containsExactly("LABEL_RANGE", "UNDECODABLE", "LABEL_RANGE", "NULL_VALUE", "NULL_KEY", "LONG_KEY");
    }

    private void with(long maxBytes) {
        live.close();
        live = new LivePipeline(LivePipeline.settings(maxBytes, Duration.ZERO));
    }
}
