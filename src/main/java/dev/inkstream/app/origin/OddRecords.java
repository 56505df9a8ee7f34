package dev.inkstream.app.origin;

import dev.inkstream.network.Network;
import dev.inkstream.network.Workspace;
import dev.inkstream.trainer.LabeledExamples.Example;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Finds the stretch of the log whose labels a version contradicts most: the stretch with the largest likelihood ratio
/// of "every other label is contradicted" to "as many as on the holdout images", the scan statistic of Kulldorff
/// (Communications in Statistics 26, 1997) for the order of the log. One pass; not thread-safe.
final class OddRecords {
    /// Odds of e^20 to 1: no chance stretch of a million records has them.
    private static final double LEAST = 20;

    private static final double ODD = 0.5;
    private static final double MIN_USUAL = 0.001;
    private static final double MAX_USUAL = 0.4;
    private static final int MAX_KEPT = 1_000_000;

    private final Network network;
    private final Workspace workspace;
    private final double contradicted;
    private final double agreed;
    private List<Contradicted> open = new ArrayList<>();
    private double sum;
    private long records;
    private double most = LEAST;
    private List<Contradicted> best = List.of();
    private int bestSize;

    /// A record whose label the version contradicts.
    ///
    /// @param number counts the records from the beginning of the stretch, from 1
    record Contradicted(long offset, String imageId, long timestamp, long number) {}

    /// @param records all records from the first to the last that is contradicted
    /// @param contradicted those that are, at most a million
    record Stretch(long records, List<Contradicted> contradicted) {
        Contradicted first() {
            return contradicted.getFirst();
        }

        Contradicted last() {
            return contradicted.getLast();
        }
    }

    /// @param error share of the holdout images that the version classifies wrongly
    OddRecords(Network network, double error) {
        this.network = network;
        this.workspace = network.newWorkspace();
        double usual = Math.clamp(error, MIN_USUAL, MAX_USUAL);
        contradicted = Math.log(ODD / usual);
        agreed = Math.log((1 - ODD) / (1 - usual));
    }

    void add(Example example) {
        boolean odd = network.classify(example.image().image().pixels().bytes(), workspace)
                != example.image().label();
        sum += odd ? contradicted : agreed;
        if (sum <= 0) {
            sum = 0;
            records = 0;
            open = new ArrayList<>();
            return;
        }
        records++;
        if (odd && open.size() < MAX_KEPT) {
            open.add(new Contradicted(example.offset(), example.imageId(), example.timestamp(), records));
            if (sum > most) {
                most = sum;
                best = open;
                bestSize = open.size();
            }
        }
    }

    /// The stretch; empty if none stands out.
    Optional<Stretch> stretch() {
        if (bestSize == 0) {
            return Optional.empty();
        }
        List<Contradicted> contradictedOnes = best.subList(0, bestSize);
        return Optional.of(new Stretch(contradictedOnes.getLast().number(), contradictedOnes));
    }
}
