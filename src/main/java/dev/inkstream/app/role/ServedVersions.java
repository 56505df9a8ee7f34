package dev.inkstream.app.role;

import dev.inkstream.app.cluster.KafkaSettings;
import dev.inkstream.app.cluster.TopicReader;
import dev.inkstream.app.console.StopSignal;
import dev.inkstream.record.SchemaRegistry;
import dev.inkstream.record.WeightSnapshot;
import dev.inkstream.stream.ImageFormat;
import dev.inkstream.stream.ModelMismatchException;
import dev.inkstream.stream.PromotedVersions;
import dev.inkstream.stream.ServingRecords;
import dev.inkstream.stream.Topics;
import java.util.List;
import java.util.Optional;

/// Reads which versions serve, and which have served, before a role joins its group: a role that joins with settings
/// that do not fit takes partitions from those that work.
record ServedVersions(KafkaSettings settings, Topics topics, SchemaRegistry registry) {
    /// How far back a version is looked for: about a hundred versions, as each is a transaction with a marker.
    private static final int TAIL = 200;

    /// @param role what a person calls the role
    /// @return what `serving-weights` holds of the model
    /// @throws ModelMismatchException if the version that serves, or else the last one published, does not fit
    ServingRecords requireFit(String role, String model, ImageFormat format) throws InterruptedException {
        TopicReader reader = new TopicReader(settings, new StopSignal());
        ServingRecords serving = new ServingRecords(topics.servingWeights(), model, registry);
        reader.readAll(List.of(topics.servingWeights()), serving::add);
        serving.requireFit(role, format);
        if (serving.last().isEmpty()) {
            ServingRecords published = new ServingRecords(topics.weightSnapshots(), model, registry);
            reader.readTail(topics.weightSnapshots(), TAIL, published::add);
            published.requireFit(role, format);
        }
        return serving;
    }

    /// The last version that was promoted and can be used, among the last hundred.
    Optional<WeightSnapshot> lastPromoted(String model, ImageFormat format) throws InterruptedException {
        TopicReader reader = new TopicReader(settings, new StopSignal());
        PromotedVersions versions = new PromotedVersions(topics, model, format, registry);
        reader.readAll(List.of(topics.evaluations()), versions::addEvaluation);
        reader.readTail(topics.weightSnapshots(), TAIL, versions::addSnapshot);
        return versions.last();
    }
}
