package dev.inkstream.app;

import dev.inkstream.app.cluster.KafkaSettings;
import dev.inkstream.app.role.CommittedRecords;
import dev.inkstream.app.topics.TopicCreation;
import dev.inkstream.codec.AvroSerdes;
import dev.inkstream.codec.InMemorySchemaRegistry;
import dev.inkstream.stream.TopicSpec;
import dev.inkstream.stream.Topics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/// A real broker, with topics whose prefix no other test has.
record Cluster(String address, Topics topics) {
    static final AvroSerdes SERDES = new AvroSerdes(new InMemorySchemaRegistry());

    /// Runs a command against it to its end.
    CommandRun run(String... args) {
        CommandRun run = start(args);
        var _ = run.status();
        return run;
    }

    CommandRun start(String... args) {
        return CommandRun.start(args(args));
    }

    /// The arguments with those that lead to this cluster.
    String[] args(String... args) {
        return Stream.concat(
                        Stream.of(args), Stream.of("--bootstrap-server", address, "--topic-prefix", topics.prefix()))
                .toArray(String[]::new);
    }

    KafkaSettings kafka() {
        return KafkaSettings.at(address);
    }

    /// The committed records of a topic, partition by partition.
    List<ConsumerRecord<byte[], byte[]>> committed(String topic) {
        List<ConsumerRecord<byte[], byte[]>> records = CommittedRecords.of(kafka(), topic);
        records.sort(java.util.Comparator.comparingInt(ConsumerRecord::partition));
        return records;
    }

    /// The values of a topic's committed records.
    <V> List<V> committed(String topic, Serde<V> serde) {
        return committed(topic).stream()
                .map(record -> serde.deserializer().deserialize(topic, record.value()))
                .toList();
    }

    Cluster withTopics() {
        if (run("topics", "create", "--partitions", "2").status() != 0) {
            throw new IllegalStateException("topics cannot be created");
        }
        return this;
    }

    /// With topics that a test changes. A setting that is changed once a topic is there may have no effect for a while
    /// after the cluster has said that it has.
    Cluster withTopics(UnaryOperator<TopicSpec> change) throws InterruptedException {
        try (Admin admin = Admin.create(kafka().admin())) {
            TopicCreation.create(admin, topics.specs(2).stream().map(change).toList(), Optional.empty());
        }
        return this;
    }

    /// Makes a version of the model `digits` serve.
    Cluster serving(int version) {
        send(
                true,
                List.of(Samples.record(
                        topics.servingWeights().name(),
                        "digits",
                        SERDES.weightSnapshot(),
                        Samples.snapshot("digits", version))));
        return this;
    }

    /// Sends values in one transaction.
    void send(boolean commit, List<ProducerRecord<String, byte[]>> records) {
        Map<String, Object> config = new HashMap<>(kafka().producer());
        config.put("transactional.id", topics.prefix());
        try (var producer = new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            records.forEach(record -> {
                var _ = producer.send(record);
            });
            producer.flush();
            if (commit) {
                producer.commitTransaction();
            } else {
                producer.abortTransaction();
            }
        }
    }

    /// All records of a topic, committed or not, partition by partition.
    List<ConsumerRecord<String, byte[]>> records(String topic) {
        Map<String, Object> config = new HashMap<>(kafka().consumer());
        try (var consumer = new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(java.time.Duration.ofMillis(100)).forEach(records::add);
            }
            records.sort(java.util.Comparator.comparingInt(ConsumerRecord::partition));
            return records;
        }
    }
}
