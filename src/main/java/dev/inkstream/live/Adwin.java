package dev.inkstream.live;

import dev.inkstream.record.StateFormat;
import dev.inkstream.record.StateReader;
import dev.inkstream.record.StateWriter;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// ADWIN2: keeps a window over a stream of hits and errors that is as long as its error rate has not changed, and
/// says when it has. Deterministic, of bounded size (some 90 buckets for a window of a million), not thread-safe.
///
/// From A. Bifet and R. Gavaldà, *Learning from Time-Changing Data with Adaptive Windowing*, SDM 2007. The window is
/// an exponential histogram: buckets of 1, 2, 4, ... examples, at most [#BUCKETS] of each size. It is cut wherever
/// two buckets meet; where the mean of the older part, of `n0` examples, and that of the younger part, of `n1`,
/// differ by more than
///
/// ```
/// sqrt(2 / m * v * ln(2 / d)) + 2 / (3 m) * ln(2 / d),   m = 1 / (1 / n0 + 1 / n1),   d = delta / ln(n0 + n1)
/// ```
///
/// with `v` the variance of the whole window, the oldest bucket is dropped, until there is no such cut.
///
/// Two things differ from the paper. Where the error rose, all that lies before the clearest cut is dropped at once,
/// so that one change is reported once. And it looks for cuts after every [#LOOK_EVERY] examples, as the authors' own
/// program does.
final class Adwin {
    /// Buckets of one size before two of them become one.
    static final int BUCKETS = 5;

    /// Examples from one look at the cuts to the next.
    static final int LOOK_EVERY = 32;

    /// A smaller part of the window is not compared.
    static final int SMALLEST_PART = 5;

    private static final StateFormat FORMAT = StateFormat.first("evaluator's state of the drift detector");
    private static final int UNVERSIONED_FORMAT = 1;

    private final double delta;
    /// Errors in each bucket: row r holds buckets of 2^r examples, oldest first.
    private long[][] rows = new long[0][];

    private long seen;
    private long examples;
    private long errors;

    /// A change of the error rate.
    ///
    /// @param examplesBefore in the part before the clearest cut
    /// @param errorsBefore how many of them were errors
    /// @param examplesAfter in the part after it
    /// @param errorsAfter how many of them were errors
    record Change(long examplesBefore, long errorsBefore, long examplesAfter, long errorsAfter) {
        double before() {
            return (double) errorsBefore / examplesBefore;
        }

        double after() {
            return (double) errorsAfter / examplesAfter;
        }

        boolean rose() {
            return after() > before();
        }
    }

    /// @param delta bound on the probability of a false alarm, in (0, 1)
    Adwin(double delta) {
        if (!(delta > 0 && delta < 1)) {
            throw new IllegalArgumentException("delta is " + delta + "; it must be between 0 and 1");
        }
        this.delta = delta;
    }

    /// Examples in the window.
    long examples() {
        return examples;
    }

    /// Errors among them.
    long errors() {
        return errors;
    }

    /// Adds one example, and says whether the error rate has changed.
    Optional<Change> add(boolean error) {
        append(0, error ? 1 : 0);
        seen++;
        examples++;
        errors += error ? 1 : 0;
        return seen % LOOK_EVERY == 0 ? shrink() : Optional.empty();
    }

    private void append(int row, long bucket) {
        if (row == rows.length) {
            rows = Arrays.copyOf(rows, row + 1);
            rows[row] = new long[0];
        }
        long[] longer = Arrays.copyOf(rows[row], rows[row].length + 1);
        longer[longer.length - 1] = bucket;
        if (longer.length > BUCKETS) {
            append(row + 1, longer[0] + longer[1]);
            longer = Arrays.copyOfRange(longer, 2, longer.length);
        }
        rows[row] = longer;
    }

    private Optional<Change> shrink() {
        Change first = clearestCut();
        if (first == null) {
            return Optional.empty();
        }
        if (first.rose()) {
            drop(first.examplesBefore());
        }
        while (clearestCut() != null) {
            drop(1);
        }
        return Optional.of(first);
    }

    /// Drops whole buckets, the oldest first, until so many examples are gone or more.
    private void drop(long atLeast) {
        long left = atLeast;
        while (left > 0) {
            int row = oldestRow();
            examples -= 1L << row;
            errors -= rows[row][0];
            left -= 1L << row;
            rows[row] = Arrays.copyOfRange(rows[row], 1, rows[row].length);
        }
    }

    private int oldestRow() {
        int row = rows.length - 1;
        while (rows[row].length == 0) {
            row--;
        }
        return row;
    }

    /// The cut whose difference exceeds its bound by the largest factor, if one does.
    private @Nullable Change clearestCut() {
        Change clearest = null;
        double factor = 1;
        long older = 0;
        long olderErrors = 0;
        for (int row = rows.length - 1; row >= 0; row--) {
            for (long bucket : rows[row]) {
                older += 1L << row;
                olderErrors += bucket;
                if (older < SMALLEST_PART || examples - older < SMALLEST_PART) {
                    continue;
                }
                Change cut = new Change(older, olderErrors, examples - older, errors - olderErrors);
                double over = Math.abs(cut.after() - cut.before()) / bound(cut);
                if (over > factor) {
                    factor = over;
                    clearest = cut;
                }
            }
        }
        return clearest;
    }

    private double bound(Change cut) {
        double mean = (double) errors / examples;
        double m = 1 / (1.0 / cut.examplesBefore() + 1.0 / cut.examplesAfter());
        // StrictMath: the same bits on every machine, since what it decides is written to a topic.
        double ln = StrictMath.log(2 * StrictMath.log((double) examples) / delta);
        return Math.sqrt(2 / m * mean * (1 - mean) * ln) + 2 / (3 * m) * ln;
    }

    /// All of it but delta.
    byte[] toBytes() {
        StateWriter out = FORMAT.writer(BUCKETS * rows.length).number(seen).array(rows.length);
        for (long[] row : rows) {
            out.array(row.length);
            for (long bucket : row) {
                out.number(bucket);
            }
            out.end();
        }
        return out.end().toBytes();
    }

    /// @throws dev.inkstream.record.StateFormatException if the bytes are none of [#toBytes()]
    static Adwin fromBytes(byte[] state, double delta) {
        if (StateFormat.isUnversioned(state)) {
            return unversioned(ByteBuffer.wrap(state), delta);
        }
        return FORMAT.read(state, in -> versioned(in, delta));
    }

    private static Adwin versioned(StateReader in, double delta) {
        Adwin adwin = new Adwin(delta);
        adwin.seen = in.number();
        long[][] rows = new long[in.array()][];
        for (int row = 0; row < rows.length; row++) {
            rows[row] = new long[in.array()];
            for (int i = 0; i < rows[row].length; i++) {
                rows[row][i] = in.number();
            }
            if (rows[row].length > 0) {
                in.end();
            }
        }
        if (rows.length > 0) {
            in.end();
        }
        adwin.restore(rows);
        return adwin;
    }

    /// Before there were versions in one byte, there was one in four.
    private static Adwin unversioned(ByteBuffer in, double delta) {
        int format = in.getInt();
        if (format != UNVERSIONED_FORMAT) {
            throw FORMAT.unknown(format);
        }
        Adwin adwin = new Adwin(delta);
        adwin.seen = in.getLong();
        long[][] rows = new long[in.getInt()][];
        for (int row = 0; row < rows.length; row++) {
            rows[row] = new long[in.get()];
            for (int i = 0; i < rows[row].length; i++) {
                rows[row][i] = in.getLong();
            }
        }
        adwin.restore(rows);
        return adwin;
    }

    private void restore(long[][] buckets) {
        rows = buckets;
        for (int row = 0; row < rows.length; row++) {
            for (long bucket : rows[row]) {
                errors += bucket;
                examples += 1L << row;
            }
        }
    }
}
