package dev.inkstream.live;

import dev.inkstream.record.DriftEvent;
import dev.inkstream.record.LiveEvaluation;
import dev.inkstream.stream.JoinClock;
import dev.inkstream.stream.ModelMismatchException;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sums what the partitions of the join have found, in windows, and watches drift. Emits an evaluation for each window
/// and version when the window has ended, and an event for each drift.
///
/// Its sources of time are the partitions: a window ends when every partition has reached its end. Partitions that are
/// quiet do not hold it back ([JoinClock]).
final class SumOutcomesProcessor implements Processor<Integer, byte[], String, Object> {
    static final String WINDOWS = "live-windows";
    static final String PROGRESS = "live-progress";
    static final String SLICES = "live-slices";

    private static final String CLOCK = "partitions-clock";
    private static final Logger LOG = LoggerFactory.getLogger(SumOutcomesProcessor.class);

    private final LiveModel settings;
    private final LiveMeters meters;
    private final PairsTo pairs;
    private ProcessorContext<String, Object> context;
    private KeyValueStore<String, byte[]> progress;
    private LiveWindows windows;
    private DriftWatch drift;
    private JoinClock clock;

    SumOutcomesProcessor(LiveModel settings, LiveMeters meters, PairsTo pairs) {
        this.settings = settings;
        this.meters = meters;
        this.pairs = pairs;
    }

    @Override
    public void init(ProcessorContext<String, Object> context) {
        this.context = context;
        progress = context.getStateStore(PROGRESS);
        byte[] time = progress.get(CLOCK);
        clock = time == null ? new JoinClock(settings.live().partitions()) : JoinClock.fromBytes(time);
        if (clock.sources() != settings.live().partitions()) {
            throw ModelMismatchException.ofPartitions(
                    settings.model(), clock.sources(), settings.live().partitions());
        }
        windows = new LiveWindows(context.getStateStore(WINDOWS), progress, settings, clock.reported());
        drift = new DriftWatch(progress, context.getStateStore(SLICES), settings);
    }

    @Override
    public void process(Record<Integer, byte[]> record) {
        CountedBatch batch = CountedBatch.fromBytes(record.value());
        for (Counted counted : batch.counted()) {
            windows.count(counted.time(), counted.version(), counted::addTo);
            if (counted.kind() == Counted.Kind.OUTCOME
                    && !drift.add(counted.time(), counted.version(), counted.correct())) {
                meters.unwatched();
            }
            if (counted.shadow().isPresent()) {
                context.forward(
                        new Record<>(settings.model(), pairs.as().apply(counted.paired()), counted.time()),
                        pairs.processor());
            }
        }
        clock.advance(record.key(), batch.reported(), batch.arrivedAt());
        progress.put(CLOCK, clock.toBytes());
        report();
    }

    private void report() {
        for (DriftWatch.Alarm alarm : drift.watch(clock.reported())) {
            meters.drift(alarm.event());
            log(alarm.event());
            context.forward(
                    new Record<>(settings.model(), alarm.event(), alarm.at().toEpochMilli()),
                    LiveAccuracy.WRITE_DRIFT_EVENTS);
        }
        for (LiveEvaluation over : windows.over(clock.reported())) {
            context.forward(
                    new Record<>(settings.model(), over, over.window().end().toEpochMilli()),
                    LiveAccuracy.WRITE_LIVE_EVALUATIONS);
        }
    }

    private static void log(DriftEvent drift) {
        LOG.info(
                "drift of model {} at version {}: the error of {} outcomes is {}, that of {} before was {} ({})",
                drift.model(),
                drift.version(),
                drift.after().examples(),
                drift.after().rate(),
                drift.before().examples(),
                drift.before().rate(),
                drift.detector());
    }
}
