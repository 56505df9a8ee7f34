package dev.inkstream.app.verify;

import dev.inkstream.app.picture.Tile;
import dev.inkstream.dataset.ImageSize;
import dev.inkstream.record.ImageRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What another version answers to the images of stored predictions. Its memory grows with the number of predictions,
/// which is limited. Not thread-safe.
final class OtherAnswers implements PredictionVisitor {
    private static final int TILES = 16;

    private final Networks.Ready other;
    private final long limit;
    private final Map<String, Pair> pairs = new HashMap<>();
    private final Map<Pair, Long> changes = new TreeMap<>();
    private final List<Tile> tiles = new ArrayList<>();
    private long replayed;
    private long changed;
    private long problems;

    /// Two answers to one image.
    ///
    /// @param served by the version that served
    /// @param other by the other one
    record Pair(int served, int other) implements Comparable<Pair> {
        @Override
        public int compareTo(Pair that) {
            return served == that.served ? Integer.compare(other, that.other) : Integer.compare(served, that.served);
        }
    }

    /// @param limit how many predictions are replayed at most
    OtherAnswers(Networks.Ready other, long limit) {
        this.other = other;
        this.limit = limit;
    }

    @Override
    public void visit(StoredPrediction stored, ImageRecord image) {
        if (!wantsMore()) {
            return;
        }
        if (image.pixels().length() != other.network().architecture().shape().inputs()) {
            problems++;
            return;
        }
        int label = other.network().classify(image.pixels().bytes(), other.workspace());
        Pair pair = new Pair(stored.prediction().label(), label);
        replayed++;
        // As in the live accuracy, an image counts once, with its first prediction.
        pairs.putIfAbsent(stored.prediction().imageId(), pair);
        if (pair.served() != pair.other()) {
            changed++;
            changes.merge(pair, 1L, Long::sum);
            draw(image, pair);
        }
    }

    private void draw(ImageRecord image, Pair pair) {
        ImageSize size = new ImageSize(image.width(), image.height());
        if (tiles.size() < TILES && (tiles.isEmpty() || tiles.getFirst().size().equals(size))) {
            tiles.add(new Tile(image.pixels().bytes(), size, pair.served() + " → " + pair.other()));
        }
    }

    @Override
    public void problem(PredictionProblem problem) {
        problems++;
    }

    @Override
    public boolean wantsMore() {
        return replayed < limit;
    }

    /// By image id.
    Map<String, Pair> pairs() {
        return pairs;
    }

    /// How often an answer became another one, by class.
    Map<Pair, Long> changes() {
        return changes;
    }

    /// The first images whose answer changes, all of one size.
    List<Tile> tiles() {
        return List.copyOf(tiles);
    }

    long replayed() {
        return replayed;
    }

    long changed() {
        return changed;
    }

    /// Predictions that were left out, since their image is gone or cannot be used.
    long problems() {
        return problems;
    }
}
