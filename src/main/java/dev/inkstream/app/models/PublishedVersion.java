package dev.inkstream.app.models;

import dev.inkstream.app.console.Text;
import dev.inkstream.record.ModelVersion;
import dev.inkstream.record.Provenance;
import dev.inkstream.record.TrainingProgress;
import dev.inkstream.record.WeightSnapshot;
import dev.inkstream.record.WeightSnapshot.Layers;
import dev.inkstream.stream.intake.RecordTimestamps;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One version as read from the topics, without its parameters. Immutable.
///
/// @param trained null where its snapshot is no longer on any topic
/// @param score null where it has not been scored, or its evaluation is gone
record PublishedVersion(
        ModelVersion id,
        @Nullable Trained trained,
        @Nullable Score score) {

    /// What a snapshot says besides its parameters.
    ///
    /// @param publishedAt timestamp of its record; empty if the record has none
    record Trained(
            Layers layers,
            TrainingProgress progress,
            String training,
            Provenance provenance,
            Optional<Instant> publishedAt) {
        /// @param timestamp of the record, in milliseconds
        static Trained of(WeightSnapshot snapshot, long timestamp) {
            return new Trained(
                    snapshot.layers(),
                    snapshot.progress(),
                    snapshot.training(),
                    snapshot.provenance(),
                    timestamp > RecordTimestamps.NONE
                            ? Optional.of(Instant.ofEpochMilli(timestamp))
                            : Optional.empty());
        }

        /// As `784-30-10`.
        String layerSizes() {
            return layers.sizes().stream().map(String::valueOf).collect(Collectors.joining("-"));
        }
    }

    PublishedVersion with(Trained snapshot) {
        return new PublishedVersion(id, snapshot, score);
    }

    PublishedVersion with(Score evaluation) {
        return new PublishedVersion(id, trained, evaluation);
    }

    /// Labeled images it was trained on, where that is known.
    Optional<Long> examples() {
        return Optional.ofNullable(trained)
                .map(snapshot -> snapshot.progress().examples())
                .or(() -> Optional.ofNullable(score).map(Score::trainedExamples));
    }

    /// When it was published, by the timestamp of its record, where that is known.
    Optional<Instant> publishedAt() {
        return Optional.ofNullable(trained).flatMap(Trained::publishedAt);
    }

    /// The time since then; [Text#NONE] if it is not known.
    String age(Instant now) {
        return publishedAt()
                .map(published -> Text.age(Duration.between(published, now)))
                .orElse(Text.NONE);
    }

    /// Share of the examples since the version before that were classified correctly before they were trained
    /// on; NaN where there were none or it is not known.
    double recentAccuracy() {
        if (trained == null) {
            return Double.NaN;
        }
        TrainingProgress.Prequential recent = trained.progress().recent();
        return (double) recent.correct() / recent.examples();
    }

    /// Accuracy on the holdout images; NaN where it is not known.
    double holdoutAccuracy() {
        return score == null ? Double.NaN : score.accuracy();
    }
}
