package dev.inkstream.app.verify;

import dev.inkstream.app.console.UserException;
import dev.inkstream.network.Network;
import dev.inkstream.record.WeightSnapshot;
import dev.inkstream.stream.Snapshots;
import dev.inkstream.stream.intake.CommittedReader;
import dev.inkstream.stream.intake.RecordDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/// Loads one version at a time from `weight-snapshots`. Not thread-safe: the consumer is the caller's.
record KafkaNetworks(
        Consumer<byte[], byte[]> consumer, CommittedReader reader, String topic, RecordDecoder<WeightSnapshot> decoder)
        implements LongFunction<Network> {
    /// @throws UserException if the record is gone: a command that runs long reads versions that it saw at its start
    @Override
    public Network apply(long offset) {
        return Snapshots.network(snapshot(offset));
    }

    /// @throws UserException as [#apply]
    WeightSnapshot snapshot(long offset) {
        TopicPartition partition = new TopicPartition(topic, 0);
        consumer.assign(List.of(partition));
        consumer.seek(partition, offset);
        List<WeightSnapshot> found = new ArrayList<>();
        reader.read(
                consumer,
                Map.of(partition, offset + 1),
                record -> found.add(decoder.decode(record).value()));
        if (found.isEmpty()) {
            throw new UserException(
                    "%s@%d is gone: retention has removed this version since the command began; run it again, and raise retention.ms of the topic to keep versions longer"
                            .formatted(topic, offset));
        }
        return found.getFirst();
    }
}
