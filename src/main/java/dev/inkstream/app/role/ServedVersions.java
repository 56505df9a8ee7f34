package dev.inkstream.app.role;

import dev.inkstream.app.cluster.TopicReader;
import dev.inkstream.codec.AvroSerdes;
import dev.inkstream.codec.SchemaRegistry;
import dev.inkstream.record.ModelVersion;
import dev.inkstream.record.WeightSnapshot;
import dev.inkstream.stream.ImageFormat;
import dev.inkstream.stream.ModelMismatchException;
import dev.inkstream.stream.Snapshots;
import dev.inkstream.stream.Topics;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Reads which versions serve, and which have served, before a role joins its group: a role that joins with settings
/// that do not fit takes partitions from those that work.
record ServedVersions(TopicReader reader, Topics topics, SchemaRegistry registry) {
    /// Offsets that are read at a time: about a hundred versions, as each is a transaction with a marker.
    private static final int PIECE = 200;

    /// How far back a promoted version is looked for.
    private static final int FARTHEST = 100 * PIECE;

    /// Checks that the settings fit the serving version. If `serving-weights` has none that fits, as after a record
    /// that nobody promoted, the version that serves by the last decision counts, or else the last one promoted; if
    /// there is none either, the last one published.
    ///
    /// @param role what a person calls the role
    /// @return the version to fall back to if nothing on `serving-weights` can be used; empty if the last one there
    ///     fits, or none was promoted
    /// @throws ModelMismatchException if the version that counts is of another shape than the settings say
    Optional<WeightSnapshot> requireFit(String role, String model, ImageFormat format) throws InterruptedException {
        AvroSerdes serdes = new AvroSerdes(registry);
        Predicate<ModelVersion> ours = id -> id.model().equals(model);
        LastVersion serving = new LastVersion(topics.servingWeights(), serdes, format, ours);
        reader.readAll(List.of(topics.servingWeights()), serving::add);
        if (serving.last().filter(last -> Snapshots.fits(last, format)).isPresent()) {
            return Optional.empty();
        }
        Optional<WeightSnapshot> promoted = lastPromoted(model, serdes, format);
        Optional<WeightSnapshot> counts = promoted.or(serving::last);
        if (counts.isEmpty()) {
            LastVersion published = new LastVersion(topics.weightSnapshots(), serdes, format, ours);
            reader.readBack(topics.weightSnapshots(), 0, PIECE, published::add);
            counts = published.last();
        }
        if (counts.isPresent() && !Snapshots.fits(counts.get(), format)) {
            throw ModelMismatchException.ofShape(role, counts.get(), format);
        }
        return promoted;
    }

    private Optional<WeightSnapshot> lastPromoted(String model, AvroSerdes serdes, ImageFormat format)
            throws InterruptedException {
        PromotedVersions promoted = new PromotedVersions(topics, serdes, model);
        reader.readAll(promoted.topics(), promoted::add);
        Optional<ModelVersion> decided = promoted.serving();
        Optional<WeightSnapshot> serving =
                decided.isPresent() ? find(decided.get()::equals, serdes, format) : Optional.empty();
        return serving.isPresent() || promoted.all().isEmpty()
                ? serving
                : find(promoted.all()::contains, serdes, format);
    }

    /// Searches from the end backwards.
    private Optional<WeightSnapshot> find(Predicate<ModelVersion> wanted, AvroSerdes serdes, ImageFormat format)
            throws InterruptedException {
        LastVersion version = new LastVersion(topics.weightSnapshots(), serdes, format, wanted);
        boolean more = true;
        for (int skipped = 0; more && version.last().isEmpty() && skipped < FARTHEST; skipped += PIECE) {
            more = reader.readBack(topics.weightSnapshots(), skipped, PIECE, version::add);
        }
        return version.last();
    }
}
