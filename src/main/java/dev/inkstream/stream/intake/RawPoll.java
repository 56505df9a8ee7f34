package dev.inkstream.stream.intake;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.message.FetchResponseData.PartitionData;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A poll that reads batches as streams. It opens its own connection and closes it: it is for the rare batch that a
/// consumer cannot read. Immutable.
final class RawPoll {
    private static final Logger LOG = LoggerFactory.getLogger(RawPoll.class);

    private final Map<String, Object> config;
    private final IntakeLimits limits;

    RawPoll(Map<String, Object> config, IntakeLimits limits) {
        this.config = new HashMap<>(config); // some values are null
        this.limits = limits;
    }

    /// Reads each partition from a position on.
    ///
    /// @param leaders gives the broker that leads a partition, if there is one now
    /// @param room for how many bytes; one record of each partition is read even if it has more
    /// @return what was read of the partitions that moved on
    Map<TopicPartition, RawReader.Result> read(
            Map<TopicPartition, Long> positions, Function<TopicPartition, Optional<Node>> leaders, long room) {
        Map<TopicPartition, RawReader.Result> results = new HashMap<>();
        try (RawFetch fetch = new RawFetch(new ConsumerConfig(ConsumerConfig.appendDeserializerToConfig(
                config, new ByteArrayDeserializer(), new ByteArrayDeserializer())))) {
            long left = room;
            for (Map.Entry<TopicPartition, Long> from : positions.entrySet()) {
                TopicPartition partition = from.getKey();
                Optional<PartitionData> data = fetch(fetch, leaders.apply(partition), from);
                if (data.isPresent() && left > 0) {
                    RawReader.Result result = new RawReader(partition, limits, from.getValue(), left).read(data.get());
                    if (result.next().offset() > from.getValue()) {
                        results.put(partition, result);
                        left -= result.weight();
                    }
                }
            }
        } catch (IOException | KafkaException e) {
            LOG.warn("the broker did not return an unreadable batch a second time: {}", e.toString());
        }
        return results;
    }

    private static Optional<PartitionData> fetch(
            RawFetch fetch, Optional<Node> leader, Map.Entry<TopicPartition, Long> from) throws IOException {
        return leader.isPresent() ? fetch.fetch(leader.get(), from.getKey(), from.getValue()) : Optional.empty();
    }
}
