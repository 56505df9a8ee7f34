package dev.inkstream.app.origin;

import dev.inkstream.evaluator.EvaluatorSettings;
import dev.inkstream.evaluator.HoldoutScorer;
import dev.inkstream.network.Network;
import dev.inkstream.record.InvalidRecordException;
import dev.inkstream.record.LabeledImage;
import dev.inkstream.stream.ImageFormat;
import dev.inkstream.stream.Topic;
import dev.inkstream.stream.intake.Cut;
import dev.inkstream.stream.intake.RecordDecoder;
import dev.inkstream.stream.intake.RecordTimestamps;
import dev.inkstream.stream.intake.Redriven;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// The holdout images as they are now, in the order of their ids: those that an evaluator keeps which reads the topic
/// from the beginning. Immutable.
record HoldoutSet(List<LabeledImage> images) {

    /// @param model whose evaluator is meant
    /// @param format of the images that the model takes; others are left out
    /// @param nowMs milliseconds since 1970
    static HoldoutSet read(OriginTopics topics, String model, ImageFormat format, long nowMs)
            throws InterruptedException {
        Topic<String, LabeledImage> topic = topics.topics().holdoutImages();
        Kept kept = new Kept(
                topic.decoder(topics.serdes(), format::check),
                EvaluatorSettings.applicationId(topics.topics(), model),
                nowMs,
                EvaluatorSettings.MAX_HOLDOUT_IMAGES);
        topics.reader().readAll(List.of(topic), kept::add);
        return kept.set();
    }

    /// Collects what an evaluator keeps of the records. Not thread-safe.
    record Kept(
            RecordDecoder<LabeledImage> decoder,
            String application,
            long nowMs,
            int max,
            SortedMap<String, LabeledImage> byId) {
        Kept(RecordDecoder<LabeledImage> decoder, String application, long nowMs, int max) {
            this(decoder, application, nowMs, max, new TreeMap<>());
        }

        void add(ConsumerRecord<byte[], byte[]> record) {
            if (Redriven.isForOthers(record.headers(), record.topic(), application)) {
                return;
            }
            try {
                Cut.check(record.headers());
                RecordTimestamps.check(record.timestamp(), nowMs);
                String id = RecordDecoder.key(record.key());
                if (record.value() == null) {
                    byId.remove(id);
                    return;
                }
                LabeledImage image = decoder.decode(record).value();
                if (byId.size() < max || byId.containsKey(id)) {
                    byId.put(id, image);
                }
            } catch (InvalidRecordException e) {
                return; // For the evaluator it is a dead letter.
            }
        }

        HoldoutSet set() {
            return new HoldoutSet(List.copyOf(byId.values()));
        }
    }

    HoldoutScorer score(Network network) {
        HoldoutScorer scorer = new HoldoutScorer(network);
        images.forEach(scorer::add);
        return scorer;
    }
}
