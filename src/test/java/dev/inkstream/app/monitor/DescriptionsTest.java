package dev.inkstream.app.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkstream.classifier.ServingModel;
import dev.inkstream.live.LiveSettings;
import dev.inkstream.stream.Pipeline;
import dev.inkstream.stream.Samples;
import dev.inkstream.stream.Topologies;
import dev.inkstream.stream.runtime.StreamsRunner;
import dev.inkstream.stream.runtime.StreamsSettings;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.config.NamingConvention;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.streams.Topology;
import org.junit.jupiter.api.Test;

/// Compares the meters that the roles register, also those without a value yet, with `docs/metrics.md`.
class DescriptionsTest {
    private final MeterRegistry meters = new Monitor().meters();

    @Test
    void eachMeterHasTheMeaningThatIsDocumented() throws IOException {
        List<Topology> topologies = List.of(
                Topologies.classifier(Samples.REGISTRY, new ServingModel(), meters),
                Topologies.trainer((from, to, reader) -> {}, meters),
                Topologies.evaluator(LiveSettings.DEFAULT, meters),
                Topologies.labeler(meters));
        StreamsSettings settings =
                new StreamsSettings("t.app", Optional.empty(), 1, Map.of("bootstrap.servers", "localhost:1"));
        for (Topology topology : topologies) {
            try (Pipeline _ = new Pipeline(topology)) {
                // The processors have registered their meters.
            }
        }
        try (StreamsRunner runner = new StreamsRunner(topologies.getFirst(), settings)) {
            runner.bindTo(meters);
        }
        Map<String, Set<String>> documented = new TreeMap<>();
        MetricsTable.documented()
                .rows()
                .forEach((name, row) -> documented.put(name.replaceFirst("_total$", ""), Set.of(row.meaning())));
        assertThat(registered()).isEqualTo(documented);
    }

    /// The meanings of each metric; more than one if roles disagree.
    private Map<String, Set<String>> registered() {
        NamingConvention naming = meters.config().namingConvention();
        Map<String, Set<String>> meanings = new TreeMap<>();
        for (Meter meter : meters.getMeters()) {
            meanings.computeIfAbsent(meter.getId().getConventionName(naming), name -> new TreeSet<>())
                    .add(String.valueOf(meter.getId().getDescription()));
        }
        return meanings;
    }
}
