package dev.inkstream.app.origin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkstream.app.origin.Fall.Scored;
import dev.inkstream.evaluator.HoldoutScorer;
import dev.inkstream.network.Network;
import dev.inkstream.record.LabeledImage;
import dev.inkstream.record.ModelVersion;
import dev.inkstream.record.Sha256;
import dev.inkstream.stream.Samples;
import dev.inkstream.stream.Snapshots;
import org.junit.jupiter.api.Test;

class FallTest {
    private static final Network NETWORK = Snapshots.network(Samples.snapshot(3));
    private static final int IMAGES = 1_000;

    private final Fall fall = new Fall(0.01);

    @Test
    void namesTheLargestFall() {
        add(100, 900, 960, 955, 940, 700, 300, 310);

        Fall.Found found = fall.found().orElseThrow();
        assertThat(found.best().id().version()).isEqualTo(2);
        assertThat(found.good().id().version()).isEqualTo(3);
        assertThat(found.firstWorse().id().version()).isEqualTo(4);
        assertThat(found.worst().id().version()).isEqualTo(6);
        assertThat(found.paired().losses()).isEqualTo(660);
    }

    /// A dip that recovers is not where a later fall begins.
    @Test
    void aRecoveredDipIsNoBeginning() {
        add(100, 500, 900, 960, 958, 940, 959, 958, 957, 10);

        Fall.Found found = fall.found().orElseThrow();
        assertThat(found.best().id().version()).isEqualTo(3);
        assertThat(found.good().id().version()).isEqualTo(8);
        assertThat(found.firstWorse().id().version()).isEqualTo(9);
        assertThat(found.worst().id().version()).isEqualTo(9);
    }

    @Test
    void aFallBeforeANewBestIsKeptIfItIsTheLargest() {
        add(900, 500, 950, 930);

        Fall.Found found = fall.found().orElseThrow();
        assertThat(found.best().id().version()).isZero();
        assertThat(found.worst().id().version()).isEqualTo(1);
    }

    @Test
    void chanceIsNoFall() {
        add(900, 960, 955, 954, 959);
        assertThat(fall.found()).isEmpty();
    }

    /// Versions from 0 on, each with so many of the images correct, the first ones.
    private void add(int... correct) {
        for (int version = 0; version < correct.length; version++) {
            fall.add(new Scored(
                    new ModelVersion(Samples.MODEL, version, Sha256.of(new byte[] {(byte) version})),
                    version * 100L,
                    NETWORK,
                    scorer(correct[version])));
        }
    }

    private static HoldoutScorer scorer(int correct) {
        LabeledImage image = Samples.example(1);
        int right = NETWORK.classify(image.image().pixels().bytes(), NETWORK.newWorkspace());
        HoldoutScorer scorer = new HoldoutScorer(NETWORK);
        for (int i = 0; i < IMAGES; i++) {
            scorer.add(new LabeledImage(image.image(), i < correct ? right : (right + 1) % Samples.FORMAT.classes()));
        }
        return scorer;
    }
}
