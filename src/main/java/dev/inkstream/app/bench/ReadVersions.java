package dev.inkstream.app.bench;

import dev.inkstream.codec.AvroSerdes;
import dev.inkstream.codec.InMemorySchemaRegistry;
import dev.inkstream.record.WeightSnapshot;
import dev.inkstream.stream.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.serialization.Deserializer;

/// Follows the versions of a model that are published, and those that serve. Not thread-safe.
final class ReadVersions implements AutoCloseable {
    private final String model;
    private final String serving;
    private final CommittedTopics topics;
    private final Deserializer<WeightSnapshot> snapshots =
            new AvroSerdes(new InMemorySchemaRegistry()).weightSnapshot().deserializer();

    private ReadVersions(String model, String serving, CommittedTopics topics) {
        this.model = model;
        this.serving = serving;
        this.topics = topics;
    }

    static ReadVersions open(BenchCluster cluster, Topics topics, String model) {
        String serving = topics.servingWeights().name();
        List<String> both = List.of(serving, topics.weightSnapshots().name());
        return new ReadVersions(model, serving, CommittedTopics.open(cluster, both));
    }

    /// Adds what has come; waits a tenth of a second for it.
    ///
    /// @return how many versions have come
    int poll(LearningTimes times) {
        ConsumerRecords<byte[], byte[]> polled = topics.poll();
        long micros = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
        for (ConsumerRecord<byte[], byte[]> record : polled) {
            if (model.equals(new String(record.key(), StandardCharsets.UTF_8))) {
                WeightSnapshot version = snapshots.deserialize(record.topic(), record.value());
                times.add(record.topic().equals(serving), version.progress().lastOffset(), micros);
            }
        }
        return polled.count();
    }

    @Override
    public void close() {
        topics.close();
    }
}
