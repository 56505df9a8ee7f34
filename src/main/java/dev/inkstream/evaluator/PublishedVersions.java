package dev.inkstream.evaluator;

import dev.inkstream.record.InvalidRecordException;
import dev.inkstream.record.WeightSnapshot;
import dev.inkstream.stream.ImageFormat;
import dev.inkstream.stream.intake.RecordDecoder;
import java.util.Optional;
import org.apache.kafka.streams.state.KeyValueStore;

/// Where each version lies in `weight-snapshots`: the newest [#MAX_VERSIONS]. Not thread-safe.
final class PublishedVersions {
    /// About a megabyte of memory. Older ones can be found again by no command.
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
        offsets.delete(version - MAX_VERSIONS);
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
