package dev.inkstream.app.origin;

import dev.inkstream.app.cluster.ReadAccess;
import dev.inkstream.app.cluster.TopicReader;
import dev.inkstream.app.models.LeftOut;
import dev.inkstream.app.models.ModelTopics;
import dev.inkstream.app.models.VersionName;
import dev.inkstream.codec.AvroSerdes;
import dev.inkstream.record.WeightSnapshot;
import dev.inkstream.stream.Topic;
import dev.inkstream.stream.Topics;
import dev.inkstream.stream.intake.RecordDecoder;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// The topics of versions, read from the first record to the end as it is now.
///
/// @param leftOut reports the records of a model that cannot be used
record OriginTopics(ReadAccess access, LeftOut leftOut) {
    TopicReader reader() {
        return access.reader();
    }

    /// With those who are trusted, and who signs.
    Topics topics() {
        return access.topics();
    }

    AvroSerdes serdes() {
        return access.serdes();
    }

    /// The number of a version. Reads the decisions only for an alias.
    ///
    /// @throws dev.inkstream.app.console.UserException if the model does not have the alias
    long number(String model, VersionName version) throws InterruptedException {
        return new ModelTopics(access, leftOut).number(model, version);
    }

    /// Gives every version of a model that can be used, in order.
    void published(String model, Consumer<WeightSnapshot> sink) throws InterruptedException {
        versions(topics().weightSnapshots(), model, sink);
    }

    /// Gives the versions that `serving-weights` has of a model; the last one serves.
    void serving(String model, Consumer<WeightSnapshot> sink) throws InterruptedException {
        versions(topics().servingWeights(), model, sink);
    }

    private void versions(Topic<String, WeightSnapshot> topic, String model, Consumer<WeightSnapshot> sink)
            throws InterruptedException {
        RecordDecoder<WeightSnapshot> decoder = topic.decoder(serdes());
        reader().readAll(List.of(topic), leftOut.around(record -> {
            // A record without a value is the end of a shadow.
            if (record.value() != null && isOf(model, record)) {
                sink.accept(decoder.decode(record).value());
            }
        }));
    }

    private static boolean isOf(String model, ConsumerRecord<byte[], byte[]> record) {
        return RecordDecoder.key(record.key()).equals(model);
    }
}
