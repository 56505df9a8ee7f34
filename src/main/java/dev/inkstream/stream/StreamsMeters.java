package dev.inkstream.stream;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.apache.kafka.common.Metric;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyDescription;

/// The few of Kafka Streams' own five hundred measures that tell whether an instance runs and keeps up. Which series
/// there are follows from the topology alone, so a restart brings no new ones. Thread-safe.
final class StreamsMeters {
    private static final String CLIENT = "stream-metrics";
    private static final String FETCHES = "consumer-fetch-manager-metrics";

    private static final String FAILED_THREADS = "failed-stream-threads";

    private final KafkaStreams streams;
    private final MeterRegistry registry;

    private StreamsMeters(KafkaStreams streams, MeterRegistry registry) {
        this.streams = streams;
        this.registry = registry;
    }

    static void bind(Topology topology, KafkaStreams streams, MeterRegistry registry) {
        StreamsMeters meters = new StreamsMeters(streams, registry);
        meters.state();
        meters.threads("alive", "alive-stream-threads");
        meters.threads("failed", FAILED_THREADS);
        sourceTopics(topology).forEach(meters::lag);
    }

    static double failedThreads(KafkaStreams streams) {
        return sum(named(streams, CLIENT, FAILED_THREADS));
    }

    private void state() {
        gauge("inkstream.streams.running", "1 while the Kafka Streams client is RUNNING, else 0", each -> {
                    return one(each.state() == KafkaStreams.State.RUNNING);
                })
                .register(registry);
        for (KafkaStreams.State state : KafkaStreams.State.values()) {
            gauge(
                            "inkstream.streams.state",
                            "1 for the client's state, 0 for every other",
                            each -> one(each.state() == state))
                    .tag("state", state.name())
                    .register(registry);
        }
    }

    private void threads(String state, String metric) {
        gauge("inkstream.streams.threads", "Stream threads", each -> sum(named(each, CLIENT, metric)))
                .tag("state", state)
                .register(registry);
    }

    private void lag(String topic) {
        gauge("inkstream.consumer.lag", "Records not read yet, all partitions of this instance", each -> {
                    return sum(named(each, FETCHES, "records-lag")
                            .filter(metric ->
                                    topic.equals(metric.metricName().tags().get("topic"))));
                })
                .tag("topic", topic)
                .baseUnit("records")
                .register(registry);
    }

    private Gauge.Builder<KafkaStreams> gauge(String name, String meaning, ToDoubleFunction<KafkaStreams> value) {
        return Gauge.builder(name, streams, value).description(meaning).strongReference(true);
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

    private static Stream<? extends Metric> named(KafkaStreams streams, String group, String name) {
        return streams.metrics().values().stream()
                .filter(metric -> metric.metricName().group().equals(group)
                        && metric.metricName().name().equals(name));
    }

    /// What was never measured is NaN and counts for nothing.
    private static double sum(Stream<? extends Metric> metrics) {
        return metrics.map(Metric::metricValue)
                .filter(Number.class::isInstance)
                .mapToDouble(value -> ((Number) value).doubleValue())
                .filter(Double::isFinite)
                .sum();
    }

    private static double one(boolean condition) {
        return condition ? 1 : 0;
    }
}
