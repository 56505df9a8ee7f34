package dev.inkstream.app.monitor;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Limits the series of each metric, so that a label with too many values cannot fill the memory. Thread-safe.
final class SeriesLimit implements MeterFilter {
    private static final Logger LOG = LoggerFactory.getLogger(SeriesLimit.class);

    /// The confusion of 16 classes; with more classes, it is not counted.
    static final int MAX_SERIES = 256;

    private final Map<String, Set<Meter.Id>> series = new ConcurrentHashMap<>();
    private final Set<String> full = ConcurrentHashMap.newKeySet();

    @Override
    public MeterFilterReply accept(Meter.Id id) {
        Set<Meter.Id> known = series.computeIfAbsent(id.getName(), name -> ConcurrentHashMap.newKeySet());
        if (known.contains(id) || (known.size() < MAX_SERIES && known.add(id))) {
            return MeterFilterReply.NEUTRAL;
        }
        if (full.add(id.getName())) {
            LOG.warn("/metrics shows the first {} series of {} and omits the others", MAX_SERIES, id.getName());
        }
        return MeterFilterReply.DENY;
    }
}
