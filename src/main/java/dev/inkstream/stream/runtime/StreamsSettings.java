package dev.inkstream.stream.runtime;

import dev.inkstream.stream.LargestRecords;
import dev.inkstream.stream.Topics;
import dev.inkstream.stream.intake.RecordTimestamps;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;

/// The Kafka Streams settings of one application instance. Immutable.
///
/// In rising order of precedence: Kafka's defaults, ours, what the user passes through, and what correctness
/// rests on (application id, the guarantee, whole timestamps), which nobody overrides.
///
/// @param applicationId the consumer group, and the prefix of internal topics
/// @param instanceId name of a static member: a restart under the same name takes up its tasks within seconds and
///     without a rebalance. Each running instance needs its own. Empty: a dynamic member, which leaves the group
///     when it stops.
/// @param threads stream threads, 1 or more
/// @param client how to reach the cluster, and further settings, by Kafka's names
/// @param limits of the records that the application reads and writes
/// @param profile what our defaults favor, and the guarantee
public record StreamsSettings(
        String applicationId,
        Optional<String> instanceId,
        int threads,
        Map<String, Object> client,
        LargestRecords limits,
        Profile profile) {
    /// What a producer holds of records that are not sent yet, unless one record is larger.
    private static final int BUFFER_BYTES = 32 * 1024 * 1024;

    /// Also how long a rebalance waits for a member that does not join. Kafka's coordinator can forget the sessions of
    /// the members it had before a restart (docs/adr/0010), and then waits for the dead among them as long as this;
    /// Kafka's default is 5 minutes. Longer than the guard waits for an open transaction.
    private static final int MAX_POLL_INTERVAL_MS = 120_000;

    /// What a fetch brings at most, still compressed.
    private static final int FETCH_BYTES = 16 * 1024 * 1024;

    /// Room to cache the largest state of a task several times over, so that a commit writes it once.
    private static final long CACHE_BYTES = 4L * Topics.MAX_WEIGHTS_BYTES;

    private static final String INTERCEPTORS = ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG;
    private static final String GLOBAL_INTERCEPTORS = StreamsConfig.globalConsumerPrefix(INTERCEPTORS);

    /// A client's settings with a cache of so many bytes, unless they have one.
    public static Map<String, Object> withCache(long bytes, Map<String, Object> client) {
        Map<String, Object> settings = new HashMap<>();
        settings.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, bytes);
        settings.putAll(client);
        return settings;
    }

    /// Of an application with records of usual size.
    public StreamsSettings(String applicationId, Optional<String> instanceId, int threads, Map<String, Object> client) {
        this(applicationId, instanceId, threads, client, LargestRecords.USUAL, Profile.USUAL);
    }

    public StreamsSettings {
        if (threads < 1) {
            throw new IllegalArgumentException("threads is " + threads + "; it must be 1 or more");
        }
        client = Map.copyOf(client);
    }

    /// All settings, by Kafka's names.
    public Map<String, Object> toMap() {
        Map<String, Object> settings = new HashMap<>(defaults());
        settings.putAll(client);
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId);
        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        settings.putAll(profile.guarantee().settings());
        settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, threads);
        settings.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        settings.put(StreamsConfig.DEFAULT_TIMESTAMP_EXTRACTOR_CLASS_CONFIG, RecordTimestamps.class);
        settings.put(GLOBAL_INTERCEPTORS, globalInterceptors());
        settings.put(
                StreamsConfig.CLIENT_ID_CONFIG,
                applicationId + instanceId.map(id -> "-" + id).orElse(""));
        instanceId.ifPresent(
                id -> settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG), id));
        return settings;
    }

    /// The user's, as Kafka would find them, and ours behind them.
    private List<String> globalInterceptors() {
        List<String> interceptors = new ArrayList<>();
        Stream.of(GLOBAL_INTERCEPTORS, StreamsConfig.consumerPrefix(INTERCEPTORS), INTERCEPTORS)
                .filter(client::containsKey)
                .findFirst()
                .map(name -> ConfigDef.parseType(name, client.get(name), ConfigDef.Type.LIST))
                .ifPresent(theirs -> ((List<?>) theirs).forEach(each -> interceptors.add(each.toString())));
        interceptors.add(GlobalTimestamps.class.getName());
        return interceptors;
    }

    private Map<String, Object> defaults() {
        Map<String, Object> ours = new HashMap<>(profile.tuning().settings(profile.guarantee()));
        ours.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, CACHE_BYTES);
        // No task waits for a silent source: each reads one topic, but that which scores versions, and that reads all
        // holdout images there are first. 0, which is the default, waits for what is known to be on the broker.
        ours.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, 0);
        // Internal topics accept what a source accepted: a checkpoint bears the timestamp of its example, however far
        // ahead that is, and where our clock is ahead of the broker's, so is the hour that is allowed.
        ours.put(
                StreamsConfig.topicPrefix(TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG),
                Long.toString(Long.MAX_VALUE));
        // Else they would take no more than the broker's default, which may be less than a source takes.
        ours.put(StreamsConfig.topicPrefix(TopicConfig.MAX_MESSAGE_BYTES_CONFIG), Integer.toString(limits.written()));
        // A first start creates the internal topics, and looks after each pause whether one more of them is ready: by
        // default 100 ms for each of the evaluator's ten.
        ours.put(StreamsConfig.RETRY_BACKOFF_MS_CONFIG, 20L);
        ours.put(StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG, 2_000);
        ours.put(StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), 10_000);
        ours.put(StreamsConfig.consumerPrefix(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG), MAX_POLL_INTERVAL_MS);
        ours.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), 128 * 1024);
        // A broker takes the first sequence number it sees of a producer for the right one. On a partition whose
        // leader is new, the first batch may be refused and the second, sent behind it, taken: then the first is
        // refused for ever. So nothing is sent behind a batch that has no answer yet.
        ours.put(StreamsConfig.producerPrefix(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION), 1);
        // A producer refuses a record that is larger than either.
        ours.put(StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), limits.written());
        ours.put(StreamsConfig.producerPrefix(ProducerConfig.BUFFER_MEMORY_CONFIG), (long)
                Math.max(BUFFER_BYTES, limits.written()));
        ours.put(StreamsConfig.consumerPrefix(ConsumerConfig.FETCH_MAX_BYTES_CONFIG), FETCH_BYTES);
        return ours;
    }
}
