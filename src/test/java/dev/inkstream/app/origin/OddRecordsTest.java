package dev.inkstream.app.origin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkstream.app.origin.OddRecords.Stretch;
import dev.inkstream.network.Network;
import dev.inkstream.network.Workspace;
import dev.inkstream.record.ImageRecord;
import dev.inkstream.record.LabeledImage;
import dev.inkstream.stream.Samples;
import dev.inkstream.stream.Snapshots;
import dev.inkstream.trainer.LabeledExamples.Example;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OddRecordsTest {
    private static final Network NETWORK = Snapshots.network(Samples.snapshot(3));

    private final Workspace workspace = NETWORK.newWorkspace();
    private final Random random = new Random(1);

    @Test
    void findsTheStretchToAFewRecords() {
        OddRecords odd = new OddRecords(NETWORK, 0.04);
        for (int i = 0; i < 5_000; i++) {
            boolean wrong = random.nextDouble() < (i >= 2_000 && i < 2_400 ? 0.8 : 0.04);
            odd.add(example(i, wrong));
        }

        Stretch stretch = odd.stretch().orElseThrow();
        assertThat(stretch.first().offset()).isBetween(1_990L, 2_010L);
        assertThat(stretch.last().offset()).isBetween(2_390L, 2_410L);
        assertThat(stretch.records())
                .isEqualTo(stretch.last().offset() - stretch.first().offset() + 1);
        assertThat(stretch.contradicted()).hasSizeBetween(290, 350);
        assertThat(stretch.first().imageId()).isEqualTo("i-" + stretch.first().offset());
    }

    @Test
    void chanceDoesNotStandOut() {
        OddRecords odd = new OddRecords(NETWORK, 0.04);
        for (int i = 0; i < 50_000; i++) {
            odd.add(example(i, random.nextDouble() < 0.04));
        }
        assertThat(odd.stretch()).isEmpty();
    }

    private Example example(int i, boolean wrong) {
        byte[] pixels = new byte[Samples.FORMAT.pixels()];
        random.nextBytes(pixels);
        int label = NETWORK.classify(pixels, workspace);
        ImageRecord image = new ImageRecord(Samples.FORMAT.width(), Samples.FORMAT.height(), pixels, Instant.EPOCH);
        return new Example(i, "i-" + i, new LabeledImage(image, wrong ? (label + 1) % 4 : label), i);
    }
}
