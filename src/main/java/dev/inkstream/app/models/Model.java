package dev.inkstream.app.models;

import dev.inkstream.record.Evaluation;
import dev.inkstream.record.LiveEvaluation;
import dev.inkstream.record.ModelVersion;
import dev.inkstream.record.WeightSnapshot;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// One model and its versions, put together from what is read. Not thread-safe.
///
/// A version is known by number and digest: if a model was started again under the same name, both stay apart. Only
/// live evaluations have no digest: their sums are those of the number.
final class Model {
    private final String name;
    private final OptionalLong detailed;
    private final Map<ModelVersion, PublishedVersion> versions = new LinkedHashMap<>();
    private final Map<Long, LiveScore> live = new HashMap<>();
    private final ModelLedger ledger = new ModelLedger();
    private @Nullable ModelVersion serving;
    private @Nullable ModelVersion shadow;

    /// @param detailed the version whose confusion matrix is kept
    Model(String name, OptionalLong detailed) {
        this.name = name;
        this.detailed = detailed;
    }

    String name() {
        return name;
    }

    /// The decisions about it.
    ModelLedger ledger() {
        return ledger;
    }

    /// @param timestamp of the record, in milliseconds
    void snapshot(WeightSnapshot snapshot, long timestamp) {
        PublishedVersion.Trained trained = PublishedVersion.Trained.of(snapshot, timestamp);
        versions.merge(
                snapshot.id(),
                new PublishedVersion(snapshot.id(), trained, null),
                (known, more) -> known.with(trained));
    }

    /// The snapshot is on `serving-weights`: it serves until the next one comes.
    void serving(WeightSnapshot snapshot, long timestamp) {
        copy(snapshot, timestamp);
        serving = snapshot.id();
    }

    /// The snapshot is on `serving-weights` as the shadow, until the next one comes or [#noShadow()].
    void shadow(WeightSnapshot snapshot, long timestamp) {
        copy(snapshot, timestamp);
        shadow = snapshot.id();
    }

    void noShadow() {
        shadow = null;
    }

    /// A copy has the time of a decision: that of the first record counts.
    private void copy(WeightSnapshot snapshot, long timestamp) {
        PublishedVersion known = versions.get(snapshot.id());
        if (known == null || known.trained() == null) {
            snapshot(snapshot, timestamp);
        }
    }

    void evaluation(Evaluation evaluation) {
        ModelVersion id = evaluation.id();
        boolean kept = detailed.isPresent() && detailed.getAsLong() == id.version();
        Score score = Score.of(evaluation, kept);
        versions.merge(id, new PublishedVersion(id, null, score), (known, more) -> known.with(score));
    }

    /// One window; those without a prediction are of no version.
    void live(LiveEvaluation window) {
        window.version().ifPresent(version -> live.merge(version, LiveScore.of(window), LiveScore::plus));
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

    /// The version that runs beside it, if there is one.
    Optional<PublishedVersion> shadow() {
        return Optional.ofNullable(shadow).map(versions::get);
    }

    /// Sum over all windows of live accuracy.
    Optional<LiveScore> live(PublishedVersion version) {
        return Optional.ofNullable(live.get(version.id().version()));
    }

    boolean isServing(PublishedVersion version) {
        return version.id().equals(serving);
    }

    boolean isShadow(PublishedVersion version) {
        return version.id().equals(shadow);
    }
}
