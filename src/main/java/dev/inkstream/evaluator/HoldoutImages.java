package dev.inkstream.evaluator;

import dev.inkstream.network.Network;
import dev.inkstream.record.InvalidRecordException;
import dev.inkstream.record.LabeledImage;
import dev.inkstream.stream.ImageFormat;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The holdout images that are kept, in the order of their ids. Not thread-safe.
final class HoldoutImages {
    private static final Logger LOG = LoggerFactory.getLogger(HoldoutImages.class);

    private final KeyValueStore<String, LabeledImage> images;
    private final ImageFormat format;

    HoldoutImages(KeyValueStore<String, LabeledImage> images, ImageFormat format) {
        this.images = images;
        this.format = format;
    }

    long size() {
        return images.approximateNumEntries();
    }

    /// Scores networks on the same images, each of which is decoded once.
    List<HoldoutScorer> score(List<Network> networks) {
        List<HoldoutScorer> scorers = networks.stream().map(HoldoutScorer::new).toList();
        List<String> unusable = new ArrayList<>();
        try (KeyValueIterator<String, LabeledImage> all = images.all()) {
            while (all.hasNext()) {
                String id = all.peekNextKey();
                try {
                    LabeledImage image = format.check(all.next().value);
                    scorers.forEach(scorer -> scorer.add(image));
                } catch (InvalidRecordException e) {
                    LOG.debug("holdout image {}", id, e);
                    unusable.add(id);
                }
            }
        }
        remove(unusable);
        return scorers;
    }

    /// An earlier build kept them, or one with other settings.
    private void remove(List<String> unusable) {
        if (!unusable.isEmpty()) {
            LOG.warn(
                    "removed {} holdout images that cannot be used with these settings and this build; the first is {}",
                    unusable.size(),
                    unusable.getFirst());
            // delete() would read the image that it returns.
            unusable.forEach(id -> images.put(id, null));
        }
    }
}
