package dev.inkstream.evaluator;

import dev.inkstream.record.InvalidRecordException;
import dev.inkstream.record.ModelDecision.Subject;
import dev.inkstream.record.ModelVersion;
import dev.inkstream.record.Sha256;
import dev.inkstream.record.StateFormat;
import dev.inkstream.record.WeightSnapshot;
import dev.inkstream.stream.ImageFormat;
import dev.inkstream.stream.intake.RecordDecoder;
import java.util.Optional;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/// Where each version lies in `weight-snapshots`, and which weights it has: the newest [#MAX_VERSIONS]. Not
/// thread-safe.
final class PublishedVersions {
    /// A few megabytes of memory. No command finds an older one.
    static final int MAX_VERSIONS = 10_000;

    private final KeyValueStore<Long, byte[]> locations;
    private final PastRecords log;
    private final RecordDecoder<WeightSnapshot> decoder;
    private final ImageFormat format;

    PublishedVersions(
            KeyValueStore<Long, byte[]> locations,
            PastRecords log,
            RecordDecoder<WeightSnapshot> decoder,
            ImageFormat format) {
        this.locations = locations;
        this.log = log;
        this.decoder = decoder;
        this.format = format;
    }

    /// What is kept of a version. The weights distinguish it from another one at the same offset of a topic that was
    /// created again.
    record Location(long offset, Sha256 weights) {
        private static final StateFormat FORMAT = StateFormat.first("evaluator's state of where a version is");

        byte[] toBytes() {
            return FORMAT.writer().number(offset).bytes(weights.bytes()).toBytes();
        }

        /// @throws dev.inkstream.record.StateFormatException if the bytes are none of [#toBytes()]
        static Location fromBytes(byte[] bytes) {
            return FORMAT.read(bytes, in -> new Location(in.number(), in.digest()));
        }
    }

    void add(ModelVersion version, long offset) {
        locations.put(version.version(), new Location(offset, version.weights()).toBytes());
        if (locations.approximateNumEntries() > MAX_VERSIONS) {
            forgetTheFirst();
        }
    }

    /// By offset and not by number: anybody may have written the numbers, and they may be far apart.
    private void forgetTheFirst() {
        long version = -1;
        long first = Long.MAX_VALUE;
        try (KeyValueIterator<Long, byte[]> all = locations.all()) {
            while (all.hasNext()) {
                KeyValue<Long, byte[]> each = all.next();
                long offset = Location.fromBytes(each.value).offset();
                if (offset < first) {
                    version = each.key;
                    first = offset;
                }
            }
        }
        locations.delete(version);
    }

    /// Whether a version is the next one after a version that was published, and was not published itself. The first
    /// versions of a model that was started again were published before.
    boolean continues(Contender version) {
        return location(version.version()) == null && location(version.version() - 1) != null;
    }

    /// Whether this version, with these weights, was read at this offset before.
    boolean has(Contender version) {
        return new Location(version.offset(), version.id().weights()).equals(location(version.version()));
    }

    /// Finds a version by its number.
    ///
    /// @return empty if it was never published, or is gone
    Optional<Contender> find(long version) {
        Location location = location(version);
        return location == null
                ? Optional.empty()
                : at(location.offset())
                        .filter(found -> found.version() == version
                                && found.id().weights().equals(location.weights()));
    }

    /// Finds a version that was decided about.
    ///
    /// @return empty if it is gone, or the decision does not say where it was
    Optional<Contender> find(Subject subject) {
        return subject.snapshotOffset().stream()
                .boxed()
                .flatMap(offset -> at(offset).stream())
                .filter(found -> found.id().equals(subject.id()))
                .findFirst();
    }

    private Optional<Contender> at(long offset) {
        return log.at(offset).flatMap(record -> {
            try {
                WeightSnapshot snapshot = decoder.decode(record).value();
                return Optional.of(Contender.of(snapshot, offset, format));
            } catch (InvalidRecordException e) {
                // It was accepted once. The build or its settings have changed: the command is declined.
                return Optional.empty();
            }
        });
    }

    private @Nullable Location location(long version) {
        byte[] bytes = locations.get(version);
        return bytes == null ? null : Location.fromBytes(bytes);
    }
}
