package dev.inkstream.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkstream.record.DriftEvent;
import dev.inkstream.stream.Samples;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// When a rise of the error of served predictions is reported.
class LiveDriftTest {
    private final LivePipeline live = new LivePipeline(LivePipeline.settings(1_000_000, Duration.ofSeconds(2)));

    @AfterEach
    void close() {
        live.close();
    }

    /// Two partitions, one of them read after the other: known in that order, outcomes would look like a rise.
    @Test
    void theErrorIsWatchedInTheOrderOfTime() {
        for (int part = 0; part < 2; part++) {
            for (int i = 0; i < 800; i++) {
                String id = part + "-" + i;
                live.predict(id, 1, i < 400 ? 0 : 1, i / 500.0);
                live.label(id, i < 400 ? 2 : 1, i / 500.0);
            }
        }
        live.end(100);
        assertThat(live.pipeline().raw(Samples.TOPICS.driftEvents().name())).isEmpty();
        // There is no error before and after what has not happened.
        assertThat(live.meters().get("inkstream.drift.error.ratio").gauges())
                .allSatisfy(gauge -> assertThat(gauge.value()).isNaN());
    }

    @Test
    void aRiseOfTheErrorIsReported() {
        Random random = new Random(1);
        for (int i = 0; i < 2_000; i++) {
            live.predict("i" + i, 1, i / 1_000, i / 100.0);
            boolean wrong = random.nextDouble() < (i < 1_500 ? 0.05 : 0.5);
            live.label("i" + i, wrong ? 2 : 1, i / 100.0);
        }
        live.end(100);
        List<TestRecord<String, DriftEvent>> events = live.pipeline()
                .records(
                        Samples.TOPICS.driftEvents().name(),
                        Samples.SERDES.driftEvent().deserializer());
        assertThat(events).singleElement().satisfies(record -> {
            assertThat(record.key()).isEqualTo(Samples.MODEL);
            assertThat(record.getRecordTime()).isBetween(LivePipeline.at(15), LivePipeline.at(16.5));
            DriftEvent event = record.value();
            assertThat(event.model()).isEqualTo(Samples.MODEL);
            assertThat(event.version()).isEqualTo(1);
            assertThat(event.before().rate()).isBetween(0.03, 0.08);
            assertThat(event.after().rate()).isBetween(0.3, 0.7);
            assertThat(event.before().examples() + event.after().examples()).isBetween(1_500L, 1_660L);
            assertThat(event.detector()).isEqualTo("ADWIN2, delta 0.002");
        });
        assertThat(live.meters().counter("inkstream.drift.events").count()).isEqualTo(1);
        assertThat(live.meters()
                        .get("inkstream.drift.error.ratio")
                        .tag("window", "after")
                        .gauge()
                        .value())
                .isEqualTo(events.getFirst().value().after().rate());
    }

    /// Two partitions, one of them read long after the other. What the second one has from before the change, and from
    /// the change on, is the same change.
    @Test
    void aChangeInTwoPartitionsIsToldOnceHoweverFarTheyAreApart() {
        for (int batch = 0; batch < 2; batch++) {
            for (int part = 0; part < 2; part++) {
                for (int i = batch * 1_000; i < (batch + 1) * 1_000; i++) {
                    String id = part + "-" + i;
                    live.predict(id, 1, 0, i / 100.0);
                    live.label(id, i < 1_500 ? 1 : 2, i / 100.0);
                }
            }
        }
        live.end(100);
        assertThat(live.pipeline().raw(Samples.TOPICS.driftEvents().name())).hasSize(1);
        // Two seconds are ordered; of each ten that the second partition has, eight come too late.
        assertThat(live.meters().counter("inkstream.drift.late.outcomes").count())
                .isBetween(1_500.0, 1_650.0);
        assertThat(live.meters()
                        .counter("inkstream.live.outcomes", "outcome", "correct")
                        .count())
                .isEqualTo(3_000);
    }

    /// Between two error rates, for some outcomes, lies a third one.
    @Test
    void aRiseInTwoStepsIsToldOnce() {
        Random random = new Random(1);
        for (int i = 0; i < 3_000; i++) {
            live.predict("i" + i, 1, 0, i / 100.0);
            boolean wrong = random.nextDouble() < (i < 1_500 ? 0.05 : i < 1_600 ? 0.4 : 0.98);
            live.label("i" + i, wrong ? 2 : 1, i / 100.0);
        }
        live.end(100);
        assertThat(live.pipeline().raw(Samples.TOPICS.driftEvents().name())).hasSize(1);
    }
}
