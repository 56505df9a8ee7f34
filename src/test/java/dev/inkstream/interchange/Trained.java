package dev.inkstream.interchange;

import dev.inkstream.dataset.DrawnDigits;
import dev.inkstream.dataset.Images;
import dev.inkstream.network.NetworkShape;
import dev.inkstream.network.Preset;
import dev.inkstream.record.ImageRecord;
import dev.inkstream.record.LabeledImage;
import dev.inkstream.record.Publisher;
import dev.inkstream.record.WeightSnapshot;
import dev.inkstream.trainer.Training;
import java.time.Instant;

/// Versions that have learned something.
final class Trained {
    private static final Images DIGITS = DrawnDigits.images(7, 0, 4_000);

    private Trained() {}

    static WeightSnapshot on(Images digits, Preset preset, int... sizes) {
        Training training =
                Training.start(new Training.Settings("digits", preset.config(NetworkShape.of(sizes)), 1, 1_000_000));
        var _ = training.snapshot();
        for (int i = 0; i < digits.size(); i++) {
            training.train(
                    i, new LabeledImage(new ImageRecord(28, 28, digits.pixels(i), Instant.EPOCH), digits.label(i)));
        }
        WeightSnapshot snapshot = training.snapshotAs(7);
        return snapshot.with(snapshot.provenance()
                .publishedBy(new Publisher("trainer", "t-1", "inkstream 0.3.0"))
                .madeFrom("nothing"));
    }

    static WeightSnapshot small() {
        return on(DIGITS.slice(0, 320), Preset.MODERN, 784, 5, 4, 10);
    }

    static Images digits() {
        return DIGITS;
    }
}
