package dev.inkstream.evaluator;

import dev.inkstream.record.InvalidRecordException;
import dev.inkstream.record.WeightSnapshot;
import dev.inkstream.stream.ImageFormat;
import dev.inkstream.stream.intake.RecordDecoder;
import java.util.Optional;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/// Where each version lies in `weight-snapshots`: the newest [#MAX_VERSIONS]. Not thread-safe.
final class PublishedVersions {
    /// About a megabyte of memory. No command finds an older one.
    static final int MAX_VERSIONS = 10_000;

    private final KeyValueStore<Long, Long> offsets;
    private final PastRecords log;
    private final RecordDecoder<WeightSnapshot> decoder;
    private final ImageFormat format;

    PublishedVersions(
            KeyValueStore<Long, Long> offsets,
            PastRecords log,
            RecordDecoder<WeightSnapshot> decoder,
            ImageFormat format) {
        this.offsets = offsets;
        this.log = log;
        this.decoder = decoder;
        this.format = format;
    }

    void add(long version, long offset) {
        offsets.put(version, offset);
        if (offsets.approximateNumEntries() > MAX_VERSIONS) {
            forgetTheFirst();
        }
    }

    /// By offset and not by number: anybody may have written the numbers, and they may be far apart.
    private void forgetTheFirst() {
        long version = -1;
        long first = Long.MAX_VALUE;
        try (KeyValueIterator<Long, Long> all = offsets.all()) {
            while (all.hasNext()) {
                KeyValue<Long, Long> each = all.next();
                if (each.value < first) {
                    version = each.key;
                    first = each.value;
                }
            }
        }
        offsets.delete(version);
    }

    /// Whether a version is the next one after a version that was published, and was not published itself. The first
    /// versions of a model that was started again were published before.
    boolean continues(Contender version) {
        return offsets.get(version.version()) == null && offsets.get(version.version() - 1) != null;
    }

    /// Whether a version was read at this offset before.
    boolean has(Contender version) {
        Long offset = offsets.get(version.version());
        return offset != null && offset == version.offset();
    }

    /// Finds a version by its number.
    ///
    /// @return empty if it was never published, or is gone
    Optional<Contender> find(long version) {
        Long offset = offsets.get(version);
        return offset == null
                ? Optional.empty()
                : log.at(offset).flatMap(record -> {
                    try {
                        WeightSnapshot snapshot = decoder.decode(record).value();
                        return Optional.of(Contender.of(snapshot, offset, format));
                    } catch (InvalidRecordException e) {
                        // It was accepted once. The build or its settings have changed: the command is declined.
                        return Optional.empty();
                    }
                });
    }
}
