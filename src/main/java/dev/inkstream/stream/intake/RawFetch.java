package dev.inkstream.stream.intake;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.ApiVersions;
import org.apache.kafka.clients.ClientRequest;
import org.apache.kafka.clients.ClientResponse;
import org.apache.kafka.clients.ClientUtils;
import org.apache.kafka.clients.DefaultHostResolver;
import org.apache.kafka.clients.KafkaClient;
import org.apache.kafka.clients.ManualMetadataUpdater;
import org.apache.kafka.clients.NetworkClientUtils;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.FetchResponseData.PartitionData;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.FetchRequest;
import org.apache.kafka.common.requests.FetchResponse;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.common.utils.internals.LogContext;

/// Fetches batches as they lie on the broker, compressed. A consumer gives records alone, each of which it has
/// decompressed as a whole; this gives what [BatchReader] reads piece by piece. Not thread-safe.
///
/// It is made of the parts of the Kafka clients that are public but not their API, pinned by the version in the build.
final class RawFetch implements AutoCloseable {
    /// The last version that names topics by name, and not by an id that would have to be asked for.
    private static final short VERSION = 12;

    private static final int MAX_WAIT_MS = 10;

    private final ConsumerConfig config;
    private final Metrics metrics = new Metrics();
    private final ManualMetadataUpdater nodes = new ManualMetadataUpdater();
    private final KafkaClient client;
    private final int timeoutMs;

    RawFetch(ConsumerConfig config) {
        this.config = config;
        timeoutMs = config.getInt(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG);
        client = ClientUtils.createNetworkClient(
                config,
                config.getList(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG),
                config.getString(ConsumerConfig.CLIENT_ID_CONFIG) + "-raw",
                metrics,
                "raw-fetch",
                new LogContext(),
                new ApiVersions(),
                Time.SYSTEM,
                1,
                timeoutMs,
                null,
                nodes,
                new DefaultHostResolver(),
                null,
                null);
    }

    /// The batches from that which holds an offset on, and which transactions among them were aborted; empty if the
    /// broker does not give them now.
    ///
    /// @param leader of the partition
    Optional<PartitionData> fetch(Node leader, TopicPartition partition, long offset) throws IOException {
        nodes.setNodes(List.of(leader));
        if (!NetworkClientUtils.awaitReady(client, leader, Time.SYSTEM, timeoutMs)) {
            return Optional.empty();
        }
        int maxBytes = config.getInt(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG);
        FetchRequest.PartitionData wanted =
                new FetchRequest.PartitionData(Uuid.ZERO_UUID, offset, -1, maxBytes, Optional.empty());
        FetchRequest.Builder request = FetchRequest.Builder.forConsumer(
                        VERSION, MAX_WAIT_MS, 1, Map.of(partition, wanted))
                .isolationLevel(isolation())
                .setMaxBytes(maxBytes);
        ClientRequest sent =
                client.newClientRequest(leader.idString(), request, Time.SYSTEM.milliseconds(), true, timeoutMs, null);
        ClientResponse answer = NetworkClientUtils.sendAndReceive(client, sent, Time.SYSTEM);
        return answer.responseBody() instanceof FetchResponse response
                ? Optional.ofNullable(response.responseData(Map.of(), VERSION).get(partition))
                        .filter(data -> data.errorCode() == Errors.NONE.code())
                : Optional.empty();
    }

    private IsolationLevel isolation() {
        return IsolationLevel.valueOf(
                config.getString(ConsumerConfig.ISOLATION_LEVEL_CONFIG).toUpperCase(Locale.ROOT));
    }

    @Override
    public void close() throws IOException {
        client.close();
        metrics.close();
    }
}
