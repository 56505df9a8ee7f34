package dev.inkstream.app.origin;

import dev.inkstream.evaluator.HoldoutScorer;
import dev.inkstream.network.Network;
import dev.inkstream.record.InvalidRecordException;
import dev.inkstream.record.LabeledImage;
import dev.inkstream.stream.ImageFormat;
import dev.inkstream.stream.intake.Cut;
import dev.inkstream.stream.intake.RecordDecoder;
import dev.inkstream.stream.intake.RecordTimestamps;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// The holdout images as they are now, in the order of their ids, as the evaluator scores them. Immutable.
record HoldoutSet(List<LabeledImage> images) {

    /// @param format of the images that the model takes; others are left out
    static HoldoutSet read(OriginTopics topics, ImageFormat format) throws InterruptedException {
        RecordDecoder<LabeledImage> decoder = topics.topics().holdoutImages().decoder(topics.serdes(), format::check);
        SortedMap<String, LabeledImage> byId = new TreeMap<>();
        topics.reader().readAll(List.of(topics.topics().holdoutImages()), record -> {
            try {
                Cut.check(record.headers());
                RecordTimestamps.check(record.timestamp());
                if (record.value() == null) {
                    byId.remove(RecordDecoder.key(record.key()));
                    return;
                }
                RecordDecoder.Decoded<LabeledImage> image = decoder.decode(record);
                byId.put(image.key(), image.value());
            } catch (InvalidRecordException e) {
                return; // For the evaluator it is a dead letter.
            }
        });
        return new HoldoutSet(List.copyOf(byId.values()));
    }

    HoldoutScorer score(Network network) {
        HoldoutScorer scorer = new HoldoutScorer(network);
        images.forEach(scorer::add);
        return scorer;
    }
}
