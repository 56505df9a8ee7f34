package dev.inkstream.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.inkstream.stream.runtime.StreamsRunner;
import dev.inkstream.stream.runtime.StreamsSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// The lag of records that have been fetched and are not processed, on a real broker.
@ExtendWith(ClusterExtension.class)
class HeldBackLagIT {
    private static final int RECORDS = 20;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Semaphore allowed = new Semaphore(1);
    private final Cluster cluster;

    HeldBackLagIT(Cluster cluster) {
        this.cluster = cluster.withTopics();
    }

    @Test
    void isNotZeroUntilTheyAreProcessed() throws Exception {
        String input = cluster.topics().labeledImages().name();
        StreamsSettings settings = new StreamsSettings(
                cluster.topics().prefix() + "holder",
                Optional.empty(),
                1,
                cluster.kafka().streams());
        try (StreamsRunner runner = new StreamsRunner(topology(input), settings)) {
            runner.bindTo(meters);
            runner.start();
            send(input, 1);
            awaitLag(input, 0);
            send(input, RECORDS);
            awaitLag(input, RECORDS);
            allowed.release(RECORDS);
            awaitLag(input, 0);
        }
    }

    private void send(String topic, int records) {
        cluster.send(
                true,
                IntStream.range(0, records)
                        .mapToObj(i -> new ProducerRecord<>(topic, "any", new byte[1]))
                        .toList());
    }

    private void awaitLag(String topic, int records) {
        await().atMost(Duration.ofMinutes(3))
                .untilAsserted(() -> assertThat(meters.get("inkstream.consumer.lag")
                                .tag("topic", topic)
                                .gauge()
                                .value())
                        .isBetween(records == 0 ? 0.0 : records, records == 0 ? 0.0 : records + 2.0));
    }

    private Topology topology(String input) {
        return new Topology()
                .addSource(
                        AutoOffsetReset.earliest(),
                        "read",
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer(),
                        input)
                .addProcessor(
                        "hold",
                        () -> (Processor<byte[], byte[], Void, Void>) record -> allowed.acquireUninterruptibly(),
                        "read");
    }
}
