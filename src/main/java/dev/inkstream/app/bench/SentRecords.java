package dev.inkstream.app.bench;

import dev.inkstream.codec.AvroSerdes;
import dev.inkstream.codec.SchemaRegistry;
import dev.inkstream.dataset.Images;
import dev.inkstream.record.ImageRecord;
import dev.inkstream.record.LabeledImage;
import dev.inkstream.stream.Topics;
import java.time.Instant;
import java.util.function.LongFunction;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serializer;

/// The records that are sent at a fixed rate, by their number: the images of a set in turn.
record SentRecords(Images set, SchemaRegistry registry, Topics topics) {
    static SentRecords of(TopicFill fill, Topics topics) {
        return new SentRecords(fill.set(), fill.registry(), topics);
    }

    /// Image n, with n as its key.
    LongFunction<ProducerRecord<String, byte[]>> images() {
        Serializer<ImageRecord> serializer = new AvroSerdes(registry).image().serializer();
        String topic = topics.images().name();
        return number ->
                new ProducerRecord<>(topic, Long.toString(number), serializer.serialize(topic, image(index(number))));
    }

    LongFunction<ProducerRecord<String, byte[]>> labeledImages() {
        Serializer<LabeledImage> serializer =
                new AvroSerdes(registry).labeledImage().serializer();
        String topic = topics.labeledImages().name();
        return number -> {
            int i = index(number);
            LabeledImage labeled = new LabeledImage(image(i), set.label(i));
            return new ProducerRecord<>(topic, "training-" + i, serializer.serialize(topic, labeled));
        };
    }

    private int index(long number) {
        return (int) (number % set.size());
    }

    private ImageRecord image(int i) {
        return new ImageRecord(set.width(), set.height(), set.pixels(i), Instant.now());
    }
}
