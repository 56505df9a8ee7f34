package dev.inkstream.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.junit.jupiter.api.Test;

/// What becomes of the client's own measures.
class StreamsMetersTest {
    private final Map<MetricName, Metric> metrics = new HashMap<>();

    private record Measured(MetricName metricName, Object metricValue) implements Metric {}

    @Test
    void lagIsTheSumOverThePartitionsOfATopic() {
        lag("t.images", 0, 3.0);
        lag("t.images", 1, 4.0);
        lag("t.labels", 0, 0.0);
        assertThat(StreamsMeters.lags(metrics, "t.labeler")).isEqualTo(Map.of("t.images", 7.0, "t.labels", 0.0));
    }

    @Test
    void anInternalTopicIsNamedAsTheTopologyNamesIt() {
        lag("t.labeler-arrivals-by-image-id-repartition", 0, 12.0);
        assertThat(StreamsMeters.lags(metrics, "t.labeler"))
                .isEqualTo(Map.of("arrivals-by-image-id-repartition", 12.0));
    }

    @Test
    void whatWasNeverFetchedHasNoLag() {
        lag("t.images", 0, Double.NaN);
        lag("t.labels", 0, Double.NaN);
        lag("t.labels", 1, 5.0);
        assertThat(StreamsMeters.lags(metrics, "t.labeler")).isEqualTo(Map.of("t.labels", 5.0));
    }

    @Test
    void otherMeasuresAreNoLag() {
        add("records-lag", "another-group", Map.of("topic", "t.images"), 3.0);
        add("records-lag-max", "consumer-fetch-manager-metrics", Map.of("topic", "t.images"), 3.0);
        add("records-lag", "consumer-fetch-manager-metrics", Map.of(), 3.0);
        add("records-lag", "consumer-fetch-manager-metrics", Map.of("topic", "t.images"), "text");
        assertThat(StreamsMeters.lags(metrics, "t.labeler")).isEmpty();
    }

    private void lag(String topic, int partition, double records) {
        Map<String, String> tags = Map.of("topic", topic, "partition", Integer.toString(partition));
        add("records-lag", "consumer-fetch-manager-metrics", tags, records);
    }

    private void add(String name, String group, Map<String, String> tags, Object value) {
        MetricName metric = new MetricName(name, group, "", tags);
        metrics.put(metric, new Measured(metric, value));
    }
}
