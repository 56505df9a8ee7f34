package dev.inkstream.app.verify;

import dev.inkstream.network.Network;
import dev.inkstream.record.WeightSnapshot;
import dev.inkstream.stream.Snapshots;
import dev.inkstream.stream.intake.CommittedReader;
import dev.inkstream.stream.intake.RecordDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/// Loads one version at a time from `weight-snapshots`. Not thread-safe: the consumer is the caller's.
record KafkaNetworks(
        KafkaConsumer<byte[], byte[]> consumer,
        CommittedReader reader,
        String topic,
        RecordDecoder<WeightSnapshot> decoder)
        implements LongFunction<Network> {
    @Override
    public Network apply(long offset) {
        TopicPartition partition = new TopicPartition(topic, 0);
        consumer.assign(List.of(partition));
        consumer.seek(partition, offset);
        List<Network> found = new ArrayList<>();
        reader.read(
                consumer,
                Map.of(partition, offset + 1),
                record -> found.add(Snapshots.network(decoder.decode(record).value())));
        return found.getFirst();
    }
}
