package dev.inkstream.app.origin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkstream.app.origin.Fall.Scored;
import dev.inkstream.app.origin.OddRecords.Contradicted;
import dev.inkstream.app.origin.OddRecords.Stretch;
import dev.inkstream.network.Network;
import dev.inkstream.record.HoldoutEvidence.Paired;
import dev.inkstream.record.WeightSnapshot;
import dev.inkstream.stream.Samples;
import dev.inkstream.stream.Snapshots;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class FallSearchTest {
    private static final HoldoutSet HOLDOUT =
            new HoldoutSet(LongStream.range(100, 120).mapToObj(Samples::example).toList());

    private final Fall.Found fall = fall();
    private final FallSearch search = new FallSearch(SampleRun.run(), HOLDOUT, fall, 0.01, 0);

    /// Wrong labels may continue after the worst version, which was not trained on all of them.
    @Test
    void theVersionToRebuildWasTrainedOnTheWholeStretch() {
        assertThat(search.toRebuild(stretch(16, 59)).version()).isEqualTo(4);
        assertThat(search.toRebuild(stretch(16, 60)).version()).isEqualTo(5);
        assertThat(search.toRebuild(stretch(16, 40)).version()).isEqualTo(3);
    }

    @Test
    void theReportNamesIt() {
        search.run();
        Stretch stretch = stretch(16, 60);
        BisectReport report = new BisectReport(
                SampleRun.LOG.topic(),
                fall,
                search.narrowed(),
                Optional.of(stretch),
                search.toRebuild(stretch),
                Path.of("wrong.txt"));

        assertThat(report.text())
                .startsWith("fall      from v2 with ")
                .contains(" to v4 with ")
                .endsWith("""
                        next      inkstream models retrain 5 --model digits --from-file wrong.txt
                        or        if the stream has changed, do not retrain: replace the holdout images
                        """);
        assertThat(report.json().at("/records/rebuild").asLong()).isEqualTo(5);
    }

    private static Stretch stretch(long first, long last) {
        return new Stretch(
                last - first + 1,
                List.of(
                        new Contradicted(first, "image-" + first, first, 1),
                        new Contradicted(last, "image-" + last, last, last - first + 1)));
    }

    /// From version 2 to version 4.
    private static Fall.Found fall() {
        Scored best = scored(2);
        Scored worst = scored(4);
        Paired paired = worst.scorer().against(best.scorer(), 2);
        return new Fall.Found(best, best, scored(3), worst, paired);
    }

    private static Scored scored(int version) {
        WeightSnapshot snapshot = SampleRun.VERSIONS.get(version);
        Network network = Snapshots.network(snapshot);
        return new Scored(snapshot.id(), snapshot.progress().lastOffset(), network, HOLDOUT.score(network));
    }
}
