package dev.inkstream.app.verify;

import dev.inkstream.app.cluster.KafkaOptions;
import dev.inkstream.app.cluster.KafkaSettings;
import dev.inkstream.app.cluster.TopicReader;
import dev.inkstream.app.console.StopSignal;
import dev.inkstream.app.console.Terminal;
import dev.inkstream.codec.AvroSerdes;
import dev.inkstream.record.WeightSnapshot;
import dev.inkstream.stream.Topic;
import dev.inkstream.stream.Topics;
import dev.inkstream.stream.intake.CommittedReader;
import dev.inkstream.stream.runtime.TopicCheck;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/// The topics that predictions are recomputed from: a connection that is checked.
record PredictionAccess(TopicReader reader, Topics topics, AvroSerdes serdes) {
    private static final CommittedReader READER = new CommittedReader(Duration.ofSeconds(30), System::nanoTime);

    /// @throws dev.inkstream.stream.runtime.TopicsNotReadyException if a topic is missing
    static PredictionAccess connect(KafkaOptions kafka, Topics topics, Terminal terminal, StopSignal stop)
            throws InterruptedException {
        KafkaSettings settings = kafka.settings();
        try (Admin admin = kafka.broker(stop, terminal.err()::println).connect(settings)) {
            TopicCheck.verify(
                    admin, List.of(topics.predictions(), topics.images(), topics.weightSnapshots(), topics.labels()));
        }
        return new PredictionAccess(
                new TopicReader(settings, stop),
                topics,
                new AvroSerdes(kafka.registry(settings, stop, terminal.err()::println)));
    }

    /// Reads the predictions of a window with their images.
    ///
    /// @param published the versions there are
    /// @param visitor gets the networks of these
    <V extends PredictionVisitor> V visit(
            PredictionWindow window, PublishedClaims published, Function<Networks, V> visitor)
            throws InterruptedException {
        Topic<String, WeightSnapshot> topic = topics.weightSnapshots();
        try (KafkaConsumer<byte[], byte[]> consumer = reader.open()) {
            V ready = visitor.apply(
                    new Networks(published, new KafkaNetworks(consumer, READER, topic.name(), topic.decoder(serdes))));
            new PredictionReader(reader, topics, serdes).read(window, ready);
            return ready;
        }
    }

    /// Compares answers with the labels that there are now.
    LabeledPairs labels(Map<String, OtherAnswers.Pair> pairs) throws InterruptedException {
        LabeledPairs labeled = new LabeledPairs(pairs, topics.labels().decoder(serdes));
        reader.readAll(List.of(topics.labels()), labeled::add);
        return labeled;
    }

    /// The versions there are.
    PublishedClaims published() throws InterruptedException {
        return new PublishedClaims(topics.weightSnapshots().decoder(serdes)).read(reader, topics.weightSnapshots());
    }
}
