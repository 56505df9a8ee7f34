package dev.inkstream.stream.runtime;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.TaskMetadata;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyDescription;
import org.jspecify.annotations.Nullable;

/// The few of Kafka Streams' own five hundred measures that show whether an instance runs and keeps up. Which series
/// there are follows from the topology alone, so a restart brings no new ones. Thread-safe.
final class StreamsMeters {
    private static final String CLIENT = "stream-metrics";
    private static final String ALIVE_THREADS = "alive-stream-threads";
    private static final String FAILED_THREADS = "failed-stream-threads";
    private static final String FETCHES = "consumer-fetch-manager-metrics";
    private static final String LAG = "records-lag";

    /// An offset that Kafka Streams does not know.
    private static final long UNKNOWN = -1;

    /// To read all of the client's measures takes a while: one reading is for all gauges of a scrape.
    private static final long FRESH_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final KafkaStreams streams;
    private final String applicationId;
    private final MeterRegistry registry;
    private final Clock clock;
    private volatile @Nullable Reading latest;

    /// What the client said of itself at one time.
    private record Reading(long nanos, double aliveThreads, double failedThreads, Map<String, Double> lags) {}

    private StreamsMeters(KafkaStreams streams, String applicationId, MeterRegistry registry) {
        this.streams = streams;
        this.applicationId = applicationId;
        this.registry = registry;
        clock = registry.config().clock();
    }

    static void bind(Topology topology, KafkaStreams streams, String applicationId, MeterRegistry registry) {
        StreamsMeters meters = new StreamsMeters(streams, applicationId, registry);
        meters.bindState();
        meters.bindThreads();
        sourceTopics(topology).forEach(meters::bindLag);
    }

    /// How many stream threads of a client have died.
    static int failedThreads(KafkaStreams streams) {
        return (int) sum(streams.metrics(), FAILED_THREADS);
    }

    private void bindState() {
        gauge("inkstream.streams.running", each -> one(each.streams.state() == KafkaStreams.State.RUNNING))
                .description("1 while the Kafka Streams client is RUNNING, else 0")
                .register(registry);
        for (KafkaStreams.State state : KafkaStreams.State.values()) {
            gauge("inkstream.streams.state", each -> one(each.streams.state() == state))
                    .description("1 for the client's state, 0 for every other")
                    .tag("state", state.name())
                    .register(registry);
        }
    }

    private void bindThreads() {
        bindThreads("alive", Reading::aliveThreads);
        bindThreads("failed", Reading::failedThreads);
    }

    private void bindThreads(String state, ToDoubleFunction<Reading> count) {
        gauge("inkstream.streams.threads", each -> count.applyAsDouble(each.now()))
                .description("stream threads")
                .tag("state", state)
                .register(registry);
    }

    /// NaN, which `/metrics` leaves out, until something has been fetched: an unknown lag is not 0.
    private void bindLag(String topic) {
        gauge("inkstream.consumer.lag", each -> each.now().lags().getOrDefault(topic, Double.NaN))
                .description(
                        "records not read yet, or read and not yet processed and committed, all partitions of this instance")
                .tag("topic", topic)
                .baseUnit("records")
                .register(registry);
    }

    private Gauge.Builder<StreamsMeters> gauge(String name, ToDoubleFunction<StreamsMeters> value) {
        return Gauge.builder(name, this, value).strongReference(true);
    }

    private Reading now() {
        long nanos = clock.monotonicTime();
        Reading reading = latest;
        if (reading == null || nanos - reading.nanos() > FRESH_NANOS) {
            reading = read(nanos);
            latest = reading;
        }
        return reading;
    }

    private Reading read(long nanos) {
        Map<MetricName, ? extends Metric> metrics = streams.metrics();
        Map<String, Double> lags = lags(metrics, applicationId);
        heldBack(tasks(), applicationId)
                .forEach((topic, records) -> lags.computeIfPresent(topic, (t, lag) -> lag + records));
        return new Reading(nanos, sum(metrics, ALIVE_THREADS), sum(metrics, FAILED_THREADS), lags);
    }

    private static double sum(Map<MetricName, ? extends Metric> metrics, String name) {
        return metrics.values().stream()
                .filter(metric -> is(metric.metricName(), CLIENT, name))
                .mapToDouble(StreamsMeters::value)
                .filter(Double::isFinite)
                .sum();
    }

    /// The records of each topic that are on the broker and have not been fetched, if a partition has been fetched. An
    /// internal topic is named as the topology names it: without the application id that Kafka Streams puts in front.
    static Map<String, Double> lags(Map<MetricName, ? extends Metric> metrics, String applicationId) {
        Map<String, Double> lags = new HashMap<>();
        for (Metric metric : metrics.values()) {
            String topic = metric.metricName().tags().get("topic");
            if (topic != null && is(metric.metricName(), FETCHES, LAG) && Double.isFinite(value(metric))) {
                lags.merge(shortName(topic, applicationId), value(metric), Double::sum);
            }
        }
        return lags;
    }

    private List<TaskMetadata> tasks() {
        return streams.metadataForLocalThreads().stream()
                .flatMap(thread -> thread.activeTasks().stream())
                .toList();
    }

    /// The records of each topic that tasks have fetched and not processed and committed. What Kafka Streams calls the
    /// end offset of a task's partition is the offset of the last record fetched; until the first commit of a partition
    /// it is not known how many came before that, so that it counts as one.
    static Map<String, Double> heldBack(Collection<TaskMetadata> tasks, String applicationId) {
        Map<String, Double> records = new HashMap<>();
        for (TaskMetadata task : tasks) {
            task.endOffsets().forEach((partition, fetched) -> {
                long committed = task.committedOffsets().getOrDefault(partition, UNKNOWN);
                long held = fetched == UNKNOWN ? 0 : committed == UNKNOWN ? 1 : Math.max(0, fetched + 1 - committed);
                records.merge(shortName(partition.topic(), applicationId), (double) held, Double::sum);
            });
        }
        return records;
    }

    private static String shortName(String topic, String applicationId) {
        String prefix = applicationId + "-";
        return topic.startsWith(prefix) ? topic.substring(prefix.length()) : topic;
    }

    private static boolean is(MetricName metric, String group, String name) {
        return metric.name().equals(name) && metric.group().equals(group);
    }

    /// NaN for what was never measured.
    private static double value(Metric metric) {
        return metric.metricValue() instanceof Number number ? number.doubleValue() : Double.NaN;
    }

    private static double one(boolean condition) {
        return condition ? 1 : 0;
    }

    /// All topics that are read, those of global stores among them.
    private static Set<String> sourceTopics(Topology topology) {
        TopologyDescription description = topology.describe();
        Stream<TopologyDescription.Source> sources = Stream.concat(
                description.subtopologies().stream()
                        .map(TopologyDescription.Subtopology::nodes)
                        .flatMap(Collection::stream)
                        .filter(TopologyDescription.Source.class::isInstance)
                        .map(TopologyDescription.Source.class::cast),
                description.globalStores().stream().map(TopologyDescription.GlobalStore::source));
        return sources.flatMap(source -> source.topicSet().stream()).collect(TreeSet::new, Set::add, Set::addAll);
    }
}
