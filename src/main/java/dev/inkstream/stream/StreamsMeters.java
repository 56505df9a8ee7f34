package dev.inkstream.stream;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyDescription;
import org.jspecify.annotations.Nullable;

/// The few of Kafka Streams' own five hundred measures that tell whether an instance runs and keeps up. Which series
/// there are follows from the topology alone, so a restart brings no new ones. Thread-safe.
final class StreamsMeters {
    private static final String CLIENT = "stream-metrics";
    private static final String ALIVE_THREADS = "alive-stream-threads";
    private static final String FAILED_THREADS = "failed-stream-threads";
    private static final String FETCHES = "consumer-fetch-manager-metrics";
    private static final String LAG = "records-lag";

    /// To read all of the client's measures takes a while: one reading is for all gauges of a scrape.
    private static final long FRESH_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final KafkaStreams streams;
    private final MeterRegistry registry;
    private final Clock clock;
    private volatile @Nullable Reading latest;

    /// What the client said of itself at one time.
    private record Reading(long nanos, double aliveThreads, double failedThreads, Map<String, Double> lags) {}

    private StreamsMeters(KafkaStreams streams, MeterRegistry registry) {
        this.streams = streams;
        this.registry = registry;
        clock = registry.config().clock();
    }

    static void bind(Topology topology, KafkaStreams streams, MeterRegistry registry) {
        StreamsMeters meters = new StreamsMeters(streams, registry);
        meters.bindState();
        meters.bindThreads();
        sourceTopics(topology).forEach(meters::bindLag);
    }

    /// How many stream threads of a client have died.
    static int failedThreads(KafkaStreams streams) {
        return (int) read(streams, 0).failedThreads();
    }

    private void bindState() {
        gauge("inkstream.streams.running", each -> one(each.streams.state() == KafkaStreams.State.RUNNING))
                .register(registry);
        for (KafkaStreams.State state : KafkaStreams.State.values()) {
            gauge("inkstream.streams.state", each -> one(each.streams.state() == state))
                    .tag("state", state.name())
                    .register(registry);
        }
    }

    private void bindThreads() {
        gauge("inkstream.streams.threads", each -> each.now().aliveThreads())
                .tag("state", "alive")
                .register(registry);
        gauge("inkstream.streams.threads", each -> each.now().failedThreads())
                .tag("state", "failed")
                .register(registry);
    }

    private void bindLag(String topic) {
        gauge("inkstream.consumer.lag", each -> each.now().lags().getOrDefault(topic, 0.0))
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
            reading = read(streams, nanos);
            latest = reading;
        }
        return reading;
    }

    private static Reading read(KafkaStreams streams, long nanos) {
        double alive = 0;
        double failed = 0;
        Map<String, Double> lags = new HashMap<>();
        for (Metric metric : streams.metrics().values()) {
            MetricName name = metric.metricName();
            if (is(name, FETCHES, LAG) && name.tags().get("topic") != null) {
                lags.merge(name.tags().get("topic"), value(metric), Double::sum);
            } else if (is(name, CLIENT, ALIVE_THREADS)) {
                alive = value(metric);
            } else if (is(name, CLIENT, FAILED_THREADS)) {
                failed = value(metric);
            }
        }
        return new Reading(nanos, alive, failed, lags);
    }

    private static boolean is(MetricName metric, String group, String name) {
        return metric.name().equals(name) && metric.group().equals(group);
    }

    /// What was never measured is NaN and counts for nothing.
    private static double value(Metric metric) {
        return metric.metricValue() instanceof Number number && Double.isFinite(number.doubleValue())
                ? number.doubleValue()
                : 0;
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
