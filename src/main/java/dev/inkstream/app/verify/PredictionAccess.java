package dev.inkstream.app.verify;

import dev.inkstream.app.cluster.ReadAccess;
import dev.inkstream.app.cluster.ReadOptions;
import dev.inkstream.app.console.StopSignal;
import dev.inkstream.app.console.Terminal;
import dev.inkstream.app.models.LeftOut;
import dev.inkstream.app.models.ModelTopics;
import dev.inkstream.app.models.VersionName;
import dev.inkstream.record.WeightSnapshot;
import dev.inkstream.stream.Topic;
import dev.inkstream.stream.intake.CommittedReader;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/// The topics that predictions are recomputed from.
///
/// @param notices takes a sentence about each of the first versions that cannot be used
record PredictionAccess(ReadAccess access, Consumer<String> notices) {
    private static final CommittedReader READER = new CommittedReader(Duration.ofSeconds(30), System::nanoTime);

    /// Of versions that cannot be used.
    private static final int NOTICES = 10;

    /// @throws dev.inkstream.stream.runtime.TopicsNotReadyException if a topic is missing
    static PredictionAccess connect(ReadOptions options, Terminal terminal, StopSignal stop)
            throws InterruptedException {
        return new PredictionAccess(
                options.connect(
                        terminal,
                        stop,
                        topics -> List.of(
                                topics.predictions(), topics.images(), topics.weightSnapshots(), topics.labels())),
                terminal.err()::println);
    }

    /// Reads the predictions of a window with their images.
    ///
    /// @param published the versions there are
    /// @param visitor gets the networks of these
    <V extends PredictionVisitor> V visit(
            PredictionWindow window, PublishedClaims published, Function<Networks, V> visitor)
            throws InterruptedException {
        Topic<String, WeightSnapshot> topic = access.topics().weightSnapshots();
        try (KafkaConsumer<byte[], byte[]> consumer = access.reader().openToEnds()) {
            V ready = visitor.apply(new Networks(
                    published, new KafkaNetworks(consumer, READER, topic.name(), topic.decoder(access.serdes()))));
            new PredictionReader(access.reader(), access.topics(), access.serdes()).read(window, ready);
            return ready;
        }
    }

    /// Compares answers with the labels that there are now.
    LabeledPairs labels(Map<String, OtherAnswers.Pair> pairs) throws InterruptedException {
        LabeledPairs labeled = new LabeledPairs(pairs, access.topics().labels().decoder(access.serdes()));
        access.reader().readAll(List.of(access.topics().labels()), labeled::add);
        return labeled;
    }

    /// The number of a version. Reads the decisions only for an alias.
    ///
    /// @throws dev.inkstream.app.console.UserException if the model does not have the alias
    long number(String model, VersionName version) throws InterruptedException {
        return new ModelTopics(access, new LeftOut(notices)).number(model, version);
    }

    /// The versions there are.
    PublishedClaims published() throws InterruptedException {
        PublishedClaims published = PublishedClaims.read(access);
        published.unreadable().limit(NOTICES).forEach(notices);
        return published;
    }
}
