package dev.inkstream.app.bench;

import dev.inkstream.stream.admin.KafkaFutures;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/// The committed offsets of a role in a process of its own.
///
/// @param watch of the role, which must commit
/// @param group of the role, with which its internal topics begin
/// @param inputs topics with as many records each; a join is as far as in the topic in which it is behind
record GroupProgress(BenchCluster cluster, Watch watch, String group, List<String> inputs)
        implements RateWindow.Progress {
    @Override
    public long committed() throws InterruptedException {
        // A broker that has ended would not answer.
        watch.checkAlive();
        Map<TopicPartition, OffsetAndMetadata> offsets = offsets();
        watch.check(
                offsets.values().stream().mapToLong(GroupProgress::committed).sum());
        return inputs.stream()
                .mapToLong(topic -> offsets.entrySet().stream()
                        .filter(each -> each.getKey().topic().equals(topic))
                        .mapToLong(each -> each.getValue().offset())
                        .sum())
                .min()
                .orElse(0);
    }

    /// Whether it has committed what it sent to itself.
    @Override
    public boolean isDrained() throws InterruptedException {
        List<TopicPartition> internal = internal();
        if (internal.isEmpty()) {
            return true;
        }
        Map<TopicPartition, OffsetAndMetadata> offsets = offsets();
        Map<TopicPartition, ListOffsetsResultInfo> ends = KafkaFutures.await(cluster.admin()
                .listOffsets(
                        internal.stream().collect(Collectors.toMap(Function.identity(), each -> OffsetSpec.latest())))
                .all());
        // Behind the last record there is the end of its transaction.
        return ends.entrySet().stream()
                .allMatch(end ->
                        committed(offsets.get(end.getKey())) >= end.getValue().offset() - 1);
    }

    private static long committed(@Nullable OffsetAndMetadata offset) {
        return offset == null ? 0 : offset.offset();
    }

    private List<TopicPartition> internal() throws InterruptedException {
        Admin admin = cluster.admin();
        List<String> names = InternalTopics.repartition(
                group, KafkaFutures.await(admin.listTopics().names()));
        return KafkaFutures.await(admin.describeTopics(names).allTopicNames()).values().stream()
                .flatMap(topic -> topic.partitions().stream()
                        .map(partition -> new TopicPartition(topic.name(), partition.partition())))
                .toList();
    }

    private Map<TopicPartition, OffsetAndMetadata> offsets() throws InterruptedException {
        return KafkaFutures.await(
                cluster.admin().listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
    }
}
