package dev.inkstream.stream.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.TaskMetadata;
import org.apache.kafka.streams.processor.TaskId;
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

    /// A task may have fetched what it does not process.
    @Test
    void whatATaskHoldsBackIsLagToo() {
        TopicPartition read = new TopicPartition("t.images", 0);
        TopicPartition held = new TopicPartition("t.images", 1);
        TopicPartition internal = new TopicPartition("t.labeler-arrivals-by-image-id-repartition", 0);
        TopicPartition first = new TopicPartition("t.labels", 0);
        TopicPartition empty = new TopicPartition("t.labels", 1);
        TaskMetadata task = new Task(
                Map.of(read, 100L, held, 40L, internal, 7L, first, -1L, empty, -1L),
                Map.of(read, 99L, held, 99L, internal, 7L, first, 30L, empty, -1L));
        assertThat(StreamsMeters.heldBack(List.of(task), "t.labeler"))
                .isEqualTo(Map.of("t.images", 60.0, "arrivals-by-image-id-repartition", 1.0, "t.labels", 1.0));
    }

    private record Task(Map<TopicPartition, Long> committedOffsets, Map<TopicPartition, Long> endOffsets)
            implements TaskMetadata {
        @Override
        public TaskId taskId() {
            return new TaskId(0, 0);
        }

        @Override
        public Set<TopicPartition> topicPartitions() {
            return endOffsets.keySet();
        }

        @Override
        public Optional<Long> timeCurrentIdlingStarted() {
            return Optional.empty();
        }
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
