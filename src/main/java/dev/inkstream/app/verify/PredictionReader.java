package dev.inkstream.app.verify;

import dev.inkstream.app.cluster.TopicReader;
import dev.inkstream.app.console.Text;
import dev.inkstream.app.verify.PredictionProblem.Kind;
import dev.inkstream.app.verify.PredictionWindow.Range;
import dev.inkstream.codec.AvroSerdes;
import dev.inkstream.record.ImageRecord;
import dev.inkstream.record.InvalidRecordException;
import dev.inkstream.record.Prediction;
import dev.inkstream.stream.Topics;
import dev.inkstream.stream.intake.CommittedReader;
import dev.inkstream.stream.intake.RecordDecoder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;

/// Reads stored predictions in blocks, and the images of each block in the order of their offsets. Its memory depends
/// on the size of a block alone. Not thread-safe.
final class PredictionReader {
    /// Offsets of one partition that are read before their images.
    private static final int BLOCK = 2_000;

    private static final CommittedReader READER = new CommittedReader(Duration.ofSeconds(30), System::nanoTime);

    private final TopicReader reader;
    private final Topics topics;
    private final RecordDecoder<Prediction> predictions;
    private final RecordDecoder<ImageRecord> images;

    PredictionReader(TopicReader reader, Topics topics, AvroSerdes serdes) {
        this.reader = reader;
        this.topics = topics;
        this.predictions = topics.predictions().decoder(serdes);
        this.images = topics.images().decoder(serdes);
    }

    /// Gives the predictions of a window, a block of each partition in turn.
    ///
    /// @throws InterruptedException when a stop is asked for
    void read(PredictionWindow window, PredictionVisitor visitor) throws InterruptedException {
        String topic = topics.predictions().name();
        try (KafkaConsumer<byte[], byte[]> consumer = reader.openToEnds();
                KafkaConsumer<byte[], byte[]> imageConsumer = reader.openToEnds()) {
            BlockImages found = new BlockImages(
                    new ImageFinder(imageConsumer, READER, topics.images().name()), images, visitor);
            Map<TopicPartition, Range> left =
                    new HashMap<>(window.ranges(consumer, TopicReader.partitions(consumer, List.of(topic))));
            while (!left.isEmpty() && visitor.wantsMore()) {
                for (TopicPartition partition : List.copyOf(left.keySet())) {
                    Range range = Objects.requireNonNull(left.remove(partition));
                    long end = Math.min(range.end(), range.first() + BLOCK);
                    found.visit(block(consumer, partition, new Range(range.first(), end), window, visitor));
                    if (end < range.end()) {
                        left.put(partition, new Range(end, range.end()));
                    }
                }
            }
        } catch (WakeupException e) {
            throw new InterruptedException("stopped while reading " + topic);
        }
    }

    private List<StoredPrediction> block(
            KafkaConsumer<byte[], byte[]> consumer,
            TopicPartition partition,
            Range range,
            PredictionWindow window,
            PredictionVisitor visitor) {
        List<StoredPrediction> block = new ArrayList<>();
        consumer.assign(List.of(partition));
        consumer.seek(partition, range.first());
        READER.read(consumer, Map.of(partition, range.end()), record -> {
            try {
                Prediction prediction = predictions.decode(record).value();
                if (window.has(prediction)) {
                    block.add(new StoredPrediction(record.partition(), record.offset(), prediction));
                }
            } catch (InvalidRecordException e) {
                visitor.problem(unreadable(record, e));
            }
        });
        return block;
    }

    private static PredictionProblem unreadable(ConsumerRecord<byte[], byte[]> record, InvalidRecordException e) {
        return new PredictionProblem(
                Kind.UNREADABLE,
                record.partition(),
                record.offset(),
                "predictions-%d@%d cannot be used: %s"
                        .formatted(
                                record.partition(), record.offset(), Text.printable(String.valueOf(e.getMessage()))));
    }
}
