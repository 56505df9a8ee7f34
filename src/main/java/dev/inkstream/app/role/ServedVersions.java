package dev.inkstream.app.role;

import dev.inkstream.app.cluster.TopicReader;
import dev.inkstream.codec.AvroSerdes;
import dev.inkstream.codec.SchemaRegistry;
import dev.inkstream.record.ModelDecision.Subject;
import dev.inkstream.record.WeightSnapshot;
import dev.inkstream.stream.DecisionOrder;
import dev.inkstream.stream.ImageFormat;
import dev.inkstream.stream.KnownDecision;
import dev.inkstream.stream.ModelMismatchException;
import dev.inkstream.stream.Snapshots;
import dev.inkstream.stream.Topics;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Reads which versions serve, and which have served, before a role joins its group: a role that joins with settings
/// that do not fit takes partitions from those that work.
record ServedVersions(TopicReader reader, Topics topics, SchemaRegistry registry) {
    /// Offsets that are read at a time: about a hundred versions, as each is a transaction with a marker.
    private static final int PIECE = 200;

    /// How far back a promoted version is looked for.
    private static final int FARTHEST = 100 * PIECE;

    /// What was found.
    ///
    /// @param fallback the version to fall back to if nothing on `serving-weights` can be used; empty if the last one
    ///     there fits, or none was promoted
    /// @param known the newest decision, if decisions are signed
    record Found(Optional<WeightSnapshot> fallback, KnownDecision known) {}

    /// Checks that the settings fit the serving version. If `serving-weights` has none that fits, as after a record
    /// that nobody promoted, the version that serves by the last decision counts, or else the last one promoted; if
    /// there is none either, the last one published.
    ///
    /// @param role what a person calls the role
    /// @throws ModelMismatchException if the version that counts is of another shape than the settings say
    Found requireFit(String role, String model, ImageFormat format) throws InterruptedException {
        AvroSerdes serdes = new AvroSerdes(registry);
        PromotedVersions promoted = new PromotedVersions(topics, serdes, model);
        if (signed()) {
            reader.readAll(promoted.topics(), promoted::add);
        }
        LastVersion serving =
                new LastVersion(topics.servingWeights(), serdes, format, serving(model, promoted.known()));
        reader.readAll(List.of(topics.servingWeights()), serving::add);
        if (serving.last().filter(last -> Snapshots.fits(last, format)).isPresent()) {
            return new Found(Optional.empty(), promoted.known());
        }
        if (!signed()) {
            reader.readAll(promoted.topics(), promoted::add);
        }
        Optional<WeightSnapshot> fallback = lastPromoted(promoted, serdes, format);
        Optional<WeightSnapshot> counts = fallback.or(serving::last);
        if (counts.isEmpty()) {
            LastVersion published = new LastVersion(topics.weightSnapshots(), serdes, format, ofModel(model));
            reader.readBack(topics.weightSnapshots(), 0, PIECE, published::add);
            counts = published.last();
        }
        if (counts.isPresent() && !Snapshots.fits(counts.get(), format)) {
            throw ModelMismatchException.ofShape(role, counts.get(), format);
        }
        return new Found(fallback, promoted.known());
    }

    private boolean signed() {
        return topics.signatures().checkDecisions();
    }

    private static LastVersion.Wanted ofModel(String model) {
        return (record, version, last) -> version.model().equals(model);
    }

    /// As the classifier decides.
    private LastVersion.Wanted serving(String model, KnownDecision known) {
        DecisionOrder order = new DecisionOrder(signed(), known);
        return (record, version, last) -> {
            if (!version.model().equals(model)) {
                return false;
            }
            order.check(record.headers(), version, last);
            order.used(record.headers());
            return !order.isReplaced(record.headers(), version);
        };
    }

    private Optional<WeightSnapshot> lastPromoted(PromotedVersions promoted, AvroSerdes serdes, ImageFormat format)
            throws InterruptedException {
        Optional<Subject> decided = promoted.serving();
        Optional<WeightSnapshot> serving =
                decided.isPresent() ? find(decided(decided.get()), serdes, format) : Optional.empty();
        return serving.isPresent() || promoted.all().isEmpty() || signed()
                ? serving
                : find((record, version, last) -> promoted.all().contains(version), serdes, format);
    }

    /// With signatures, the record must be the one that the evaluator read: the digest in a decision is of the
    /// parameters alone, and not of the layers.
    private LastVersion.Wanted decided(Subject decided) {
        return (record, version, last) -> version.equals(decided.id())
                && (!signed() || decided.snapshotOffset().equals(OptionalLong.of(record.offset())));
    }

    /// Searches from the end backwards.
    private Optional<WeightSnapshot> find(LastVersion.Wanted wanted, AvroSerdes serdes, ImageFormat format)
            throws InterruptedException {
        LastVersion version = new LastVersion(topics.weightSnapshots(), serdes, format, wanted);
        boolean more = true;
        for (int skipped = 0; more && version.last().isEmpty() && skipped < FARTHEST; skipped += PIECE) {
            more = reader.readBack(topics.weightSnapshots(), skipped, PIECE, version::add);
        }
        return version.last();
    }
}
