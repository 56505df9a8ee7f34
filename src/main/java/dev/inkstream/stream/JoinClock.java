package dev.inkstream.stream;

import dev.inkstream.record.StateFormat;
import dev.inkstream.record.StateReader;
import dev.inkstream.record.StateWriter;
import java.time.Duration;
import java.util.Arrays;

/// Event time of what several sources feed, as two watermarks that never go back. The sources of a join are its two
/// kinds of records, [#IMAGES] and [#LABELS]; those of a sum are the partitions summed. Not thread-safe.
///
/// [#time()] ends waits. It is the smallest of the sources' highest times: a source that is ahead ends no wait for what
/// another may still send. A source that has been quiet for [#PATIENCE] does not hold it back.
///
/// [#reported()] ends windows of counts. It is the same, but at most twice [#PATIENCE] behind the largest of those
/// times: a source whose clock is late delays no report.
///
/// Patience is counted in arrival time, which the roles wrote into the internal topic when they took the records in. A
/// gap between two arrivals counts as [#LONGEST_STEP] at most: after a pause of the role every source has time to send.
/// So both watermarks are a function of the internal topic alone; no clock is read here.
public final class JoinClock {
    /// How long a source may be quiet before it holds nothing back: longer than the open transaction of a killed
    /// process delays its records, twenty seconds.
    public static final Duration PATIENCE = Duration.ofSeconds(30);

    /// What a gap between two arrivals counts at most.
    public static final Duration LONGEST_STEP = Duration.ofSeconds(10);

    /// The source of images or predictions.
    public static final int IMAGES = 0;

    /// The source of labels.
    public static final int LABELS = 1;

    private static final int KINDS = 2;
    private static final StateFormat FORMAT = new StateFormat("state of the join's clock", 1, 2);
    private static final long NEVER = 0;

    private final long[] highest;
    private final long[] quiet;
    private long arrived;
    private long time;
    private long reported;
    private long ahead;
    private long aheadFor;

    /// The clock of a join, to which no record has come yet.
    public JoinClock() {
        this(KINDS);
    }

    /// One of so many sources.
    public JoinClock(int sources) {
        highest = new long[sources];
        quiet = new long[sources];
    }

    /// The clock of a join that has come to a time, whichever kind brought it there.
    public static JoinClock at(long time) {
        JoinClock clock = new JoinClock();
        Arrays.fill(clock.highest, time);
        clock.time = time;
        clock.reported = time;
        return clock;
    }

    /// How many sources feed it.
    public int sources() {
        return highest.length;
    }

    /// Takes a record into account.
    ///
    /// @param source from 0
    /// @param recordTime of the record, in milliseconds
    /// @param arrivedAt clock of the role that took it in, in milliseconds
    public void advance(int source, long recordTime, long arrivedAt) {
        long step = step(arrivedAt);
        for (int i = 0; i < quiet.length; i++) {
            quiet[i] += step;
        }
        quiet[source] = 0;
        highest[source] = Math.max(highest[source], recordTime);
        time = Math.max(time, slowest());
        reported = Math.max(reported, time);
        report(step);
    }

    /// After each [#PATIENCE], report time reaches the largest source time seen at its start.
    private void report(long step) {
        aheadFor += step;
        if (aheadFor >= PATIENCE.toMillis()) {
            reported = Math.max(reported, ahead);
            ahead = Arrays.stream(highest).max().orElse(NEVER);
            aheadFor = 0;
        }
    }

    private long step(long arrivedAt) {
        long gap = arrived == NEVER ? 0 : Math.clamp(arrivedAt - arrived, 0, LONGEST_STEP.toMillis());
        arrived = Math.max(arrived, arrivedAt);
        return gap;
    }

    private long slowest() {
        long slowest = Long.MAX_VALUE;
        for (int i = 0; i < highest.length; i++) {
            if (quiet[i] < PATIENCE.toMillis()) {
                slowest = Math.min(slowest, highest[i]);
            }
        }
        return slowest;
    }

    /// Time up to which waits are over; 0 while a source is still awaited for the first time.
    public long time() {
        return time;
    }

    /// Time up to which counts can be reported.
    public long reported() {
        return reported;
    }

    /// The latest arrival, in milliseconds.
    public long arrived() {
        return arrived;
    }

    public byte[] toBytes() {
        StateWriter out = FORMAT.writer().array(highest.length);
        for (int i = 0; i < highest.length; i++) {
            out.number(highest[i]).number(quiet[i]);
        }
        return out.end()
                .number(arrived)
                .number(time)
                .number(reported)
                .number(ahead)
                .number(aheadFor)
                .toBytes();
    }

    /// @throws dev.inkstream.record.StateFormatException if the bytes are no clock's
    public static JoinClock fromBytes(byte[] bytes) {
        return FORMAT.read(bytes, JoinClock::of);
    }

    private static JoinClock of(StateReader in) {
        JoinClock clock = in.version() == 1 ? ofTwoKinds(in) : ofSources(in);
        clock.arrived = in.number();
        clock.time = in.number();
        clock.reported = in.number();
        clock.ahead = in.number();
        clock.aheadFor = in.number();
        return clock;
    }

    private static JoinClock ofSources(StateReader in) {
        JoinClock clock = new JoinClock(in.array());
        for (int i = 0; i < clock.highest.length; i++) {
            clock.highest[i] = in.number();
            clock.quiet[i] = in.number();
        }
        in.end();
        return clock;
    }

    /// Format 1 had no array.
    private static JoinClock ofTwoKinds(StateReader in) {
        JoinClock clock = new JoinClock();
        clock.highest[IMAGES] = in.number();
        clock.highest[LABELS] = in.number();
        clock.quiet[IMAGES] = in.number();
        clock.quiet[LABELS] = in.number();
        return clock;
    }
}
