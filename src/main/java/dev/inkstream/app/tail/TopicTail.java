package dev.inkstream.app.tail;

import dev.inkstream.app.cluster.TopicReader;
import dev.inkstream.app.console.Terminal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;

/// Follows a topic and prints a line for each record. Not thread-safe.
///
/// @param what its records are called, in the plural
/// @param line what is printed of a record; empty for one that is passed over
record TopicTail(String what, Function<ConsumerRecord<byte[], byte[]>, Optional<String>> line, Terminal terminal) {
    private static final Duration POLL = Duration.ofMillis(500);

    /// After so many polls without a record, the end of the topic has been reached on any machine.
    private static final int QUIET_POLLS = 4;

    /// @param count how many to print at most
    record Range(String topic, boolean fromBeginning, long count) {}

    /// Returns after the last one wanted, when a stop is asked for, or when nobody reads the output any more.
    void run(TopicReader reader, Range range) {
        try (KafkaConsumer<byte[], byte[]> consumer = reader.open()) {
            assign(consumer, range);
            follow(consumer, range);
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
        say("waiting for " + what + " on " + range.topic());
    }

    private void say(String waiting) {
        terminal.err().println(waiting + " (Ctrl-C ends it)");
        terminal.err().flush();
    }

    private void follow(KafkaConsumer<byte[], byte[]> consumer, Range range) {
        long left = range.count();
        int emptyPolls = 0;
        while (left > 0) {
            StringBuilder lines = new StringBuilder();
            ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
            if (records.isEmpty() && ++emptyPolls == QUIET_POLLS && left == range.count() && range.fromBeginning()) {
                say("waiting for " + what + ": there are none on " + range.topic() + " yet");
            }
            for (ConsumerRecord<byte[], byte[]> record : records) {
                Optional<String> text = left > 0 ? line.apply(record) : Optional.empty();
                if (text.isPresent()) {
                    lines.append(text.get()).append('\n');
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
}
