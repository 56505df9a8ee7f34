package dev.inkstream.stream.guard;

import dev.inkstream.stream.admin.KafkaFutures;
import dev.inkstream.stream.admin.TopicLookup;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// The guard's requests to the cluster, beside Kafka Streams' own clients. Thread-safe.
///
/// @param producerConfig settings of a producer without transactions
record GuardedCluster(Admin admin, GuardTopic topic, Map<String, Object> producerConfig, TopicIds topicIds) {
    /// How long a producer of the guard may still send at a stop: the brokers may be away.
    static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(3);

    private static final int ANSWER_MILLIS = 10_000;

    GuardedCluster(Admin admin, GuardTopic topic, Map<String, Object> producerConfig) {
        this(admin, topic, producerConfig, new TopicIds(TopicLookup.of(admin)));
    }

    void learnTopicIds(Collection<TopicPartition> partitions) {
        topicIds.learn(partitions.stream().map(TopicPartition::topic).collect(Collectors.toSet()));
    }

    /// [Uuid#ZERO_UUID] if it is not known.
    Uuid topicId(String name) {
        return topicIds.of(name);
    }

    /// The offsets that a partition holds now, those of open transactions included.
    Resumption.Log log(TopicPartition partition) {
        return new Resumption.Log(offset(partition, OffsetSpec.earliest()), end(partition));
    }

    /// Asks for twenty seconds at most: the caller is a stream thread, which must poll again in time.
    ///
    /// @throws UnknownTopicOrPartitionException if the guard topic is gone
    void requireGuardTopic() {
        DescribeTopicsOptions options = new DescribeTopicsOptions().timeoutMs(ANSWER_MILLIS);
        var _ = TopicLookup.of(names -> admin.describeTopics(names, options)).require(topic.name());
    }

    long endOfGuardTopic() {
        return end(topic.partition());
    }

    private long end(TopicPartition partition) {
        return offset(partition, OffsetSpec.latest());
    }

    private long offset(TopicPartition partition, OffsetSpec spec) {
        return KafkaFutures.join(admin.listOffsets(Map.of(partition, spec)).partitionResult(partition))
                .offset();
    }

    /// Removes the offset of a partition from the guard topic; the next commit writes it again.
    void forget(TopicPartition partition) {
        try (var producer = new KafkaProducer<>(producerConfig, new ByteArraySerializer(), new ByteArraySerializer())) {
            Future<?> sent = producer.send(new ProducerRecord<>(topic.name(), 0, GuardedOffset.key(partition), null));
            KafkaFutures.join(sent);
        }
    }
}
