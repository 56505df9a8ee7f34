package dev.inkstream.app.verify;

import dev.inkstream.stream.intake.CommittedReader;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/// Finds records of a topic by their offsets. What lies close together is read in one stretch, since a seek costs more
/// than the records between. Not thread-safe: the consumer is the caller's.
record ImageFinder(KafkaConsumer<byte[], byte[]> consumer, CommittedReader reader, String topic) {
    /// Offsets between two records for which a seek pays.
    private static final long FAR = 1_000;

    /// Gives the records at these offsets of one partition, in order; those that are not there are left out.
    ///
    /// @param partition may be one that the topic does not have
    void find(int partition, NavigableSet<Long> offsets, Consumer<ConsumerRecord<byte[], byte[]>> sink) {
        TopicPartition from = new TopicPartition(topic, partition);
        if (partition < 0 || partition >= consumer.partitionsFor(topic).size()) {
            return;
        }
        List<TopicPartition> one = List.of(from);
        consumer.assign(one);
        long first = Objects.requireNonNull(consumer.beginningOffsets(one).get(from));
        long end = Objects.requireNonNull(consumer.endOffsets(one).get(from));
        NavigableSet<Long> left = offsets.subSet(first, true, Math.max(first, end), false);
        while (!left.isEmpty()) {
            long begin = left.first();
            long last = begin;
            for (long next : left) {
                if (next - last > FAR) {
                    break;
                }
                last = next;
            }
            consumer.seek(from, begin);
            reader.read(consumer, Map.of(from, last + 1), record -> {
                if (offsets.contains(record.offset())) {
                    sink.accept(record);
                }
            });
            left = left.tailSet(last, false);
        }
    }
}
