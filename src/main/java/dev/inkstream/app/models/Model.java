package dev.inkstream.app.models;

import dev.inkstream.record.Evaluation;
import dev.inkstream.record.ModelVersion;
import dev.inkstream.record.WeightSnapshot;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// One model and its versions, put together from what is read. Not thread-safe.
///
/// A version is known by number and digest: if a model was started again under the same name, both stay apart.
final class Model {
    private final String name;
    private final OptionalLong detailed;
    private final Map<ModelVersion, PublishedVersion> versions = new LinkedHashMap<>();
    private @Nullable ModelVersion serving;

    /// @param detailed the version whose confusion matrix is kept
    Model(String name, OptionalLong detailed) {
        this.name = name;
        this.detailed = detailed;
    }

    String name() {
        return name;
    }

    void snapshot(WeightSnapshot snapshot) {
        versions.merge(
                snapshot.id(),
                new PublishedVersion(snapshot.id(), PublishedVersion.Trained.of(snapshot), null),
                (known, more) -> known.with(PublishedVersion.Trained.of(snapshot)));
    }

    /// The snapshot is on `serving-weights`: it serves until the next one comes.
    void serving(WeightSnapshot snapshot) {
        snapshot(snapshot);
        serving = snapshot.id();
    }

    void evaluation(Evaluation evaluation) {
        ModelVersion id = evaluation.id();
        boolean kept = detailed.isPresent() && detailed.getAsLong() == id.version();
        Score score = Score.of(evaluation, kept);
        versions.merge(id, new PublishedVersion(id, null, score), (known, more) -> known.with(score));
    }

    /// By number; those of the same number in the order they were seen.
    List<PublishedVersion> versions() {
        return versions.values().stream()
                .sorted(Comparator.comparingLong(version -> version.id().version()))
                .toList();
    }

    /// All versions of a number: more than one only if the model was started again.
    List<PublishedVersion> versions(long number) {
        return versions.values().stream()
                .filter(version -> version.id().version() == number)
                .toList();
    }

    /// The version that classifiers use now, if there is one.
    Optional<PublishedVersion> serving() {
        return Optional.ofNullable(serving).map(versions::get);
    }

    boolean isServing(PublishedVersion version) {
        return version.id().equals(serving);
    }
}
