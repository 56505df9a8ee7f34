package dev.inkstream.app.verify;

import dev.inkstream.app.cluster.ReadAccess;
import dev.inkstream.app.cluster.TopicReader;
import dev.inkstream.stream.ImageFormat;
import dev.inkstream.stream.Topics;
import dev.inkstream.trainer.KafkaLabeledLog;
import dev.inkstream.trainer.LabeledExamples;
import dev.inkstream.trainer.TrainerSettings;
import dev.inkstream.trainer.Training;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/// `labeled-images` of a cluster, read as the trainer reads it.
public record KafkaExampleLog(String topic, long first, long end, TopicReader reader, LabeledExamples examples)
        implements ExampleLog {

    /// @param training of the model whose trainer read it
    /// @param format of the images that the model takes
    public static KafkaExampleLog open(ReadAccess access, Training.Settings training, ImageFormat format) {
        TopicReader reader = access.reader();
        Topics topics = access.topics();
        String topic = topics.labeledImages().name();
        LabeledExamples examples = new LabeledExamples(
                new KafkaLabeledLog(reader.settings().consumer(), topic, format.maxRecordBytes()),
                topics.labeledImages().decoder(access.serdes(), format::check),
                TrainerSettings.applicationId(topics, training.trainer()));
        List<TopicPartition> partition = List.of(new TopicPartition(topic, 0));
        try (KafkaConsumer<byte[], byte[]> consumer = reader.openToEnds()) {
            long first =
                    Objects.requireNonNull(consumer.beginningOffsets(partition).get(partition.getFirst()));
            long end = Objects.requireNonNull(consumer.endOffsets(partition).get(partition.getFirst()));
            return new KafkaExampleLog(topic, first, end, reader, examples);
        }
    }

    @Override
    public void read(long from, long to, LabeledExamples.Sink sink) {
        examples.read(from, to, example -> {
            if (reader.stop().isRequested()) {
                throw new CancellationException("stopped while reading " + topic);
            }
            sink.take(example);
        });
    }
}
