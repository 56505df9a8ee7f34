package dev.inkstream.app.verify;

import dev.inkstream.app.console.Text;
import dev.inkstream.app.verify.PredictionProblem.Kind;
import dev.inkstream.record.ImageRecord;
import dev.inkstream.record.InvalidRecordException;
import dev.inkstream.record.Prediction.Position;
import dev.inkstream.stream.intake.RecordDecoder;
import dev.inkstream.stream.intake.RecordDecoder.Decoded;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// Brings the predictions of a block together with their images, which it reads in the order of their offsets. It keeps
/// one image at a time. Not thread-safe.
record BlockImages(ImageFinder finder, RecordDecoder<ImageRecord> decoder, PredictionVisitor visitor) {
    void visit(List<StoredPrediction> block) {
        Map<Integer, SortedMap<Long, List<StoredPrediction>>> byPlace = new TreeMap<>();
        for (StoredPrediction stored : block) {
            Position image = stored.prediction().image();
            byPlace.computeIfAbsent(image.partition(), none -> new TreeMap<>())
                    .computeIfAbsent(image.offset(), none -> new ArrayList<>())
                    .add(stored);
        }
        byPlace.forEach(this::visit);
    }

    private void visit(int partition, SortedMap<Long, List<StoredPrediction>> waiting) {
        finder.find(
                partition,
                new TreeSet<>(waiting.keySet()),
                record -> visit(record, Objects.requireNonNull(waiting.remove(record.offset()))));
        waiting.values()
                .forEach(left -> left.forEach(
                        stored -> problem(Kind.IMAGE_GONE, stored, "cannot be verified: its image is gone")));
    }

    private void visit(ConsumerRecord<byte[], byte[]> record, List<StoredPrediction> predictions) {
        Decoded<ImageRecord> image;
        try {
            image = decoder.decode(record);
        } catch (InvalidRecordException e) {
            String why = "is of a record that is no image: " + Text.printable(String.valueOf(e.getMessage()));
            predictions.forEach(stored -> problem(Kind.UNREADABLE, stored, why));
            return;
        }
        for (StoredPrediction stored : predictions) {
            if (image.key().equals(stored.prediction().imageId())) {
                visitor.visit(stored, image.value());
            } else {
                problem(Kind.DIFFERENT, stored, "differs: the image there is " + Text.printable(image.key()));
            }
        }
    }

    private void problem(Kind kind, StoredPrediction stored, String what) {
        Position image = stored.prediction().image();
        visitor.problem(PredictionProblem.of(
                kind, stored, what + " (images-%d@%d)".formatted(image.partition(), image.offset())));
    }
}
