package dev.inkstream.app.models;

import dev.inkstream.app.cluster.TopicReader;
import dev.inkstream.app.console.Text;
import dev.inkstream.codec.AvroSerdes;
import dev.inkstream.codec.SchemaRegistry;
import dev.inkstream.record.Evaluation;
import dev.inkstream.record.InvalidRecordException;
import dev.inkstream.record.WeightSnapshot;
import dev.inkstream.stream.Topic;
import dev.inkstream.stream.Topics;
import dev.inkstream.stream.intake.RecordDecoder;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// Reads all models from the topics. It keeps no parameters, so its memory grows with the number of
/// versions and not with their size. Not thread-safe.
final class ModelReader {
    private final Topics topics;
    private final RecordDecoder<WeightSnapshot> snapshots;
    private final RecordDecoder<WeightSnapshot> serving;
    private final RecordDecoder<Evaluation> evaluations;
    private final Consumer<String> notices;

    /// @param notices takes a line for each record that cannot be read
    ModelReader(Topics topics, SchemaRegistry registry, Consumer<String> notices) {
        AvroSerdes serdes = new AvroSerdes(registry);
        this.topics = topics;
        this.snapshots = topics.weightSnapshots().decoder(serdes);
        this.serving = topics.servingWeights().decoder(serdes);
        this.evaluations = topics.evaluations().decoder(serdes);
        this.notices = notices;
    }

    /// The topics it reads.
    static List<Topic<?, ?>> topics(Topics topics) {
        return List.of(topics.weightSnapshots(), topics.evaluations(), topics.servingWeights());
    }

    /// Reads the topics to their ends as they are now.
    ///
    /// @param detailed the version whose confusion matrix is kept
    /// @return the models by name
    SortedMap<String, Model> read(TopicReader reader, OptionalLong detailed) throws InterruptedException {
        SortedMap<String, Model> models = new TreeMap<>();
        reader.readAll(topics(topics), record -> {
            try {
                add(record, models, detailed);
            } catch (InvalidRecordException e) {
                notices.accept("%s-%d@%d is left out: %s"
                        .formatted(
                                record.topic(),
                                record.partition(),
                                record.offset(),
                                Text.printable(String.valueOf(e.getMessage()))));
            }
        });
        return models;
    }

    private void add(ConsumerRecord<byte[], byte[]> record, SortedMap<String, Model> models, OptionalLong detailed) {
        if (record.topic().equals(topics.evaluations().name())) {
            Evaluation evaluation =
                    evaluations.decode(record.key(), record.value()).value();
            model(evaluation.id().model(), models, detailed).evaluation(evaluation);
        } else if (record.topic().equals(topics.servingWeights().name())) {
            WeightSnapshot snapshot =
                    serving.decode(record.key(), record.value()).value();
            model(snapshot.id().model(), models, detailed).serving(snapshot);
        } else {
            WeightSnapshot snapshot =
                    snapshots.decode(record.key(), record.value()).value();
            model(snapshot.id().model(), models, detailed).snapshot(snapshot);
        }
    }

    private static Model model(String name, SortedMap<String, Model> models, OptionalLong detailed) {
        return models.computeIfAbsent(name, unknown -> new Model(unknown, detailed));
    }
}
