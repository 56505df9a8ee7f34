package dev.inkstream.app.tail;

import dev.inkstream.app.cluster.TopicReader;
import dev.inkstream.app.console.Terminal;
import dev.inkstream.app.console.Text;
import dev.inkstream.record.InvalidRecordException;
import dev.inkstream.record.Prediction;
import dev.inkstream.stream.RecordDecoder;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;

/// Follows the predictions topic and prints a line for each. Not thread-safe.
///
/// @param wanted which predictions are printed
/// @param line what is printed of one
record PredictionTail(
        RecordDecoder<Prediction> decoder,
        Predicate<Prediction> wanted,
        Function<Prediction, String> line,
        Terminal terminal) {
    private static final Duration POLL = Duration.ofSeconds(1);

    /// @param count how many to print at most
    record Range(String topic, boolean fromBeginning, long count) {}

    /// Returns after the last one wanted, when a stop is asked for, or when nobody reads the output any more.
    void run(TopicReader reader, Range range) {
        try (KafkaConsumer<byte[], byte[]> consumer = reader.open()) {
            assign(consumer, range);
            follow(consumer, range.count());
        } catch (WakeupException e) {
            // A stop was asked for, and what was read is printed.
        }
    }

    private void assign(KafkaConsumer<byte[], byte[]> consumer, Range range) {
        List<TopicPartition> partitions = TopicReader.partitions(consumer, List.of(range.topic()));
        consumer.assign(partitions);
        if (range.fromBeginning()) {
            consumer.seekToBeginning(partitions);
            return;
        }
        consumer.seekToEnd(partitions);
        // The end is looked up here and not with the first poll: from now means from now.
        partitions.forEach(consumer::position);
        notice("waiting for predictions on " + range.topic() + " (Ctrl-C ends it)");
    }

    private void follow(KafkaConsumer<byte[], byte[]> consumer, long count) {
        long left = count;
        while (left > 0) {
            StringBuilder lines = new StringBuilder();
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                Optional<Prediction> prediction = decode(record).filter(wanted);
                if (prediction.isPresent() && left > 0) {
                    lines.append(line.apply(prediction.get())).append('\n');
                    left--;
                }
            }
            terminal.out().print(lines);
            // Flushes. It fails where the reader has gone, as head does when it has enough.
            if (terminal.out().checkError()) {
                return;
            }
        }
    }

    private Optional<Prediction> decode(ConsumerRecord<byte[], byte[]> record) {
        try {
            return Optional.of(decoder.decode(record.key(), record.value()).value());
        } catch (InvalidRecordException e) {
            notice("%s-%d@%d is no prediction: %s"
                    .formatted(
                            record.topic(),
                            record.partition(),
                            record.offset(),
                            Text.printable(String.valueOf(e.getMessage()))));
            return Optional.empty();
        }
    }

    private void notice(String line) {
        terminal.err().println(line);
        terminal.err().flush();
    }
}
