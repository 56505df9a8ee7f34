package dev.inkstream.app.origin;

import dev.inkstream.app.cluster.ReadAccess;
import dev.inkstream.app.cluster.TopicReader;
import dev.inkstream.codec.AvroSerdes;
import dev.inkstream.record.InvalidRecordException;
import dev.inkstream.record.WeightSnapshot;
import dev.inkstream.stream.Topics;
import dev.inkstream.stream.intake.Cut;
import dev.inkstream.stream.intake.RecordDecoder;
import java.util.List;
import java.util.function.Consumer;

/// The topics of versions, read from the first record to the end as it is now.
record OriginTopics(ReadAccess access) {
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

    /// Gives every version of a model that can be read, in order.
    ///
    /// @param serving gets the versions that served, after all others; the last one serves
    void versions(String model, Consumer<WeightSnapshot> published, Consumer<WeightSnapshot> serving)
            throws InterruptedException {
        RecordDecoder<WeightSnapshot> decoder = topics().weightSnapshots().decoder(serdes());
        RecordDecoder<WeightSnapshot> served = topics().servingWeights().decoder(serdes());
        reader().readAll(List.of(topics().weightSnapshots()), record -> {
            try {
                Cut.check(record.headers());
                WeightSnapshot snapshot = decoder.decode(record).value();
                if (snapshot.id().model().equals(model)) {
                    published.accept(snapshot);
                }
            } catch (InvalidRecordException e) {
                return; // `models verify` names it.
            }
        });
        reader().readAll(List.of(topics().servingWeights()), record -> {
            try {
                Cut.check(record.headers());
                if (record.value() != null && RecordDecoder.key(record.key()).equals(model)) {
                    serving.accept(served.decode(record).value());
                }
            } catch (InvalidRecordException e) {
                return; // The classifiers refused it too.
            }
        });
    }
}
