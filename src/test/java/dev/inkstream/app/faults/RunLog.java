package dev.inkstream.app.faults;

import dev.inkstream.app.cluster.KafkaSettings;
import dev.inkstream.app.role.CommittedRecords;
import dev.inkstream.codec.AvroSerdes;
import dev.inkstream.codec.InMemorySchemaRegistry;
import dev.inkstream.record.ImageRecord;
import dev.inkstream.record.WeightSnapshot;
import dev.inkstream.stream.Topic;
import dev.inkstream.stream.Topics;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;

/// The committed records of all topics, each topic read once. Not thread-safe.
final class RunLog {
    /// Records that cannot be used are shorter, see [Load].
    private static final int SHORTEST = 4;

    private final AvroSerdes serdes = new AvroSerdes(new InMemorySchemaRegistry());
    private final KafkaSettings kafka;
    private final Topics topics;
    private final Map<String, List<ConsumerRecord<byte[], byte[]>>> read = new HashMap<>();

    /// @param value null where the record has none
    record Entry<V>(String key, int partition, long offset, V value) {
        /// As `partition@offset`.
        String position() {
            return partition + "@" + offset;
        }
    }

    RunLog(KafkaSettings kafka, Topics topics) {
        this.kafka = kafka;
        this.topics = topics;
    }

    Topics topics() {
        return topics;
    }

    List<ConsumerRecord<byte[], byte[]>> raw(Topic<?, ?> topic) {
        return read.computeIfAbsent(topic.name(), name -> CommittedRecords.of(kafka, name));
    }

    /// The records that can be used.
    <V> List<Entry<V>> good(Topic<String, V> topic) {
        Deserializer<V> values = topic.values().apply(serdes).deserializer();
        return raw(topic).stream()
                .filter(RunLog::isGood)
                .map(record -> new Entry<>(
                        new String(record.key(), StandardCharsets.UTF_8),
                        record.partition(),
                        record.offset(),
                        values.deserialize(record.topic(), record.value())))
                .toList();
    }

    /// Positions of the records that cannot be used.
    List<String> bad(Topic<?, ?> topic) {
        return raw(topic).stream()
                .filter(record -> !isGood(record))
                .map(record -> record.partition() + "@" + record.offset())
                .toList();
    }

    private static boolean isGood(ConsumerRecord<byte[], byte[]> record) {
        return record.value() == null || record.value().length >= SHORTEST;
    }

    /// All images that can be used, by position.
    Map<String, ImageRecord> images() {
        Map<String, ImageRecord> images = new HashMap<>();
        good(topics.images()).forEach(entry -> images.put(entry.position(), entry.value()));
        return images;
    }

    List<WeightSnapshot> snapshots() {
        return good(topics.weightSnapshots()).stream().map(Entry::value).toList();
    }
}
