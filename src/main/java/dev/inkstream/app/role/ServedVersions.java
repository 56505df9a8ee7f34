package dev.inkstream.app.role;

import dev.inkstream.app.cluster.TopicReader;
import dev.inkstream.classifier.PromotedVersions;
import dev.inkstream.classifier.ServingRecords;
import dev.inkstream.codec.SchemaRegistry;
import dev.inkstream.record.WeightSnapshot;
import dev.inkstream.stream.ImageFormat;
import dev.inkstream.stream.ModelMismatchException;
import dev.inkstream.stream.Snapshots;
import dev.inkstream.stream.Topics;
import java.util.List;
import java.util.Optional;

/// Reads which versions serve, and which have served, before a role joins its group: a role that joins with settings
/// that do not fit takes partitions from those that work.
record ServedVersions(TopicReader reader, Topics topics, SchemaRegistry registry) {
    /// Offsets that are read at a time: about a hundred versions, as each is a transaction with a marker.
    private static final int PIECE = 200;

    /// How far back a promoted version is looked for.
    private static final int FARTHEST = 100 * PIECE;

    /// Holds the settings against the version that serves. If `serving-weights` has none that fits, as after a record
    /// that nobody promoted, the last one promoted counts; if there is none either, the last one published.
    ///
    /// @param role what a person calls the role
    /// @return the version to fall back to if nothing on `serving-weights` can be used; empty if the last one there
    ///     fits, or none was promoted
    /// @throws ModelMismatchException if the version that counts is of another shape than the settings say
    Optional<WeightSnapshot> requireFit(String role, String model, ImageFormat format) throws InterruptedException {
        ServingRecords serving = new ServingRecords(topics.servingWeights(), model, format, registry);
        reader.readAll(List.of(topics.servingWeights().name()), serving::add);
        if (serving.last().filter(last -> Snapshots.fits(last, format)).isPresent()) {
            return Optional.empty();
        }
        Optional<WeightSnapshot> promoted = lastPromoted(model, format);
        Optional<WeightSnapshot> counts = promoted.or(serving::last);
        if (counts.isEmpty()) {
            ServingRecords published = new ServingRecords(topics.weightSnapshots(), model, format, registry);
            reader.readBack(topics.weightSnapshots().name(), 0, PIECE, published::add);
            counts = published.last();
        }
        if (counts.isPresent() && !Snapshots.fits(counts.get(), format)) {
            throw ModelMismatchException.ofShape(role, counts.get(), format);
        }
        return promoted;
    }

    private Optional<WeightSnapshot> lastPromoted(String model, ImageFormat format) throws InterruptedException {
        PromotedVersions versions = new PromotedVersions(topics, model, format, registry);
        reader.readAll(List.of(topics.evaluations().name()), versions::addEvaluation);
        boolean more = true;
        for (int skipped = 0; more && versions.isSought() && skipped < FARTHEST; skipped += PIECE) {
            more = reader.readBack(topics.weightSnapshots().name(), skipped, PIECE, versions::addSnapshot);
        }
        return versions.last();
    }
}
