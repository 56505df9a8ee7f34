package dev.inkstream.stream;

import dev.inkstream.record.StateFormat;
import dev.inkstream.record.StateReader;
import java.time.Duration;

/// Event time of a join of two kinds of records, as two watermarks that never go back. Not thread-safe.
///
/// [#time()] closes waits. It is the smaller of the two kinds' highest times: what one kind says of the time closes
/// nothing that the other may still send. A kind that has been quiet for [#PATIENCE] does not hold it back.
///
/// [#reported()] closes windows of counts. It is the same, but at most twice [#PATIENCE] behind the larger of the two
/// times: a kind whose clock is late delays no report.
///
/// Patience is counted in arrival time, which the roles wrote into the internal topic when they took the records in. A
/// gap between two arrivals counts as [#LONGEST_STEP] at most: after a pause of the role both kinds have time to come.
/// So both watermarks are a function of the internal topic alone; no clock is read here.
public final class JoinClock {
    /// How long a kind may be quiet before it holds nothing back: longer than the open transaction of a killed process
    /// delays its records, twenty seconds.
    public static final Duration PATIENCE = Duration.ofSeconds(30);

    /// What a gap between two arrivals counts at most.
    public static final Duration LONGEST_STEP = Duration.ofSeconds(10);

    /// The first of the two kinds, images or predictions.
    public static final int IMAGES = 0;

    /// The second.
    public static final int LABELS = 1;

    private static final StateFormat FORMAT = StateFormat.first("state of the join's clock");
    private static final long NEVER = 0;

    private final long[] highest = new long[2];
    private final long[] quiet = new long[2];
    private long arrived;
    private long time;
    private long reported;
    private long ahead;
    private long aheadFor;

    /// Where no record has come yet.
    public JoinClock() {}

    /// One that has come to a time, whichever kind brought it there.
    public static JoinClock at(long time) {
        JoinClock clock = new JoinClock();
        clock.highest[IMAGES] = time;
        clock.highest[LABELS] = time;
        clock.time = time;
        clock.reported = time;
        return clock;
    }

    /// Takes a record into account.
    ///
    /// @param kind [#IMAGES] or [#LABELS]
    /// @param recordTime of the record, in milliseconds
    /// @param arrivedAt clock of the role that took it in, in milliseconds
    public void advance(int kind, long recordTime, long arrivedAt) {
        long step = step(arrivedAt);
        quiet[1 - kind] += step;
        quiet[kind] = 0;
        highest[kind] = Math.max(highest[kind], recordTime);
        time = Math.max(time, quiet[1 - kind] < PATIENCE.toMillis() ? slower() : highest[kind]);
        reported = Math.max(reported, time);
        report(step);
    }

    /// What was the larger of the two times when [#PATIENCE] began has been waited for long enough when it ends.
    private void report(long step) {
        aheadFor += step;
        if (aheadFor >= PATIENCE.toMillis()) {
            reported = Math.max(reported, ahead);
            ahead = Math.max(highest[IMAGES], highest[LABELS]);
            aheadFor = 0;
        }
    }

    private long step(long arrivedAt) {
        long gap = arrived == NEVER ? 0 : Math.clamp(arrivedAt - arrived, 0, LONGEST_STEP.toMillis());
        arrived = Math.max(arrived, arrivedAt);
        return gap;
    }

    private long slower() {
        return Math.min(highest[IMAGES], highest[LABELS]);
    }

    /// Time up to which waits are over; 0 while one of the kinds is still awaited for the first time.
    public long time() {
        return time;
    }

    /// Time up to which counts can be reported.
    public long reported() {
        return reported;
    }

    public byte[] toBytes() {
        return FORMAT.writer()
                .number(highest[IMAGES])
                .number(highest[LABELS])
                .number(quiet[IMAGES])
                .number(quiet[LABELS])
                .number(arrived)
                .number(time)
                .number(reported)
                .number(ahead)
                .number(aheadFor)
                .toBytes();
    }

    public static JoinClock fromBytes(byte[] bytes) {
        return FORMAT.read(bytes, JoinClock::of);
    }

    private static JoinClock of(StateReader in) {
        JoinClock clock = new JoinClock();
        clock.highest[IMAGES] = in.number();
        clock.highest[LABELS] = in.number();
        clock.quiet[IMAGES] = in.number();
        clock.quiet[LABELS] = in.number();
        clock.arrived = in.number();
        clock.time = in.number();
        clock.reported = in.number();
        clock.ahead = in.number();
        clock.aheadFor = in.number();
        return clock;
    }
}
