package dev.inkstream.app.verify;

import dev.inkstream.record.ImageRecord;
import dev.inkstream.record.LabeledImage;
import dev.inkstream.record.WeightSnapshot;
import dev.inkstream.stream.Samples;
import dev.inkstream.trainer.LabeledExamples;
import dev.inkstream.trainer.Training;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.LongStream;

/// Examples at offsets from 0 on, with what may have happened to them since. Immutable.
///
/// @param first offset of the first record that retention has left
public record FakeExampleLog(SortedMap<Long, LabeledImage> examples, long first) implements ExampleLog {
    /// Every fifth offset is a bad record or a marker.
    public static FakeExampleLog of(int offsets) {
        SortedMap<Long, LabeledImage> examples = new TreeMap<>();
        LongStream.range(0, offsets)
                .filter(offset -> offset % 5 != 3)
                .forEach(offset -> examples.put(offset, Samples.example(offset)));
        return new FakeExampleLog(examples, 0);
    }

    /// Images of the label 0, each of one grey.
    static FakeExampleLog ofPixels(int... greys) {
        SortedMap<Long, LabeledImage> examples = new TreeMap<>();
        for (int grey : greys) {
            byte[] pixels = new byte[Samples.FORMAT.pixels()];
            Arrays.fill(pixels, (byte) grey);
            ImageRecord image =
                    new ImageRecord(Samples.FORMAT.width(), Samples.FORMAT.height(), pixels, Instant.ofEpochMilli(1));
            examples.put((long) examples.size(), new LabeledImage(image, 0));
        }
        return new FakeExampleLog(examples, 0);
    }

    FakeExampleLog from(long offset) {
        return new FakeExampleLog(examples.tailMap(offset), offset);
    }

    FakeExampleLog before(long offset) {
        return new FakeExampleLog(examples.headMap(offset), first);
    }

    public FakeExampleLog without(long offset) {
        SortedMap<Long, LabeledImage> rest = new TreeMap<>(examples);
        rest.remove(offset);
        return new FakeExampleLog(rest, first);
    }

    /// What a trainer publishes that begins at an offset.
    public List<WeightSnapshot> published(Training.Settings settings, long begin) {
        Training training = Training.start(settings);
        List<WeightSnapshot> published = new ArrayList<>();
        published.add(training.snapshot());
        examples.tailMap(begin).forEach((offset, example) -> {
            if (training.train(offset, example)) {
                published.add(training.snapshot());
            }
        });
        return published;
    }

    @Override
    public String topic() {
        return "labeled-images";
    }

    @Override
    public long end() {
        return examples.lastKey() + 1;
    }

    @Override
    public void read(long from, long to, LabeledExamples.Sink sink) {
        if (from < first || to > end()) {
            throw new IllegalArgumentException("offsets " + from + " to " + to + " are not on the log");
        }
        examples.subMap(from, to)
                .forEach((offset, example) ->
                        sink.take(new LabeledExamples.Example(offset, "image-" + offset, example, 1_000 * offset)));
    }
}
