package dev.inkstream.stream;

import dev.inkstream.stream.runtime.StreamsSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;

/// One topology in a driver, with the settings it runs with: bytes in, bytes or records out. Each record piped into a
/// topic has the next offset there, from 0.
public final class Pipeline implements AutoCloseable {
    public static final String APPLICATION = "t.app";
    public static final Instant NOW = Instant.parse("2026-11-24T05:00:00Z");
    public static final Instant RECORD_TIME = Instant.parse("2026-11-23T01:02:03Z");

    private final TopologyTestDriver driver;

    public Pipeline(Topology topology) {
        Properties properties = new Properties();
        properties.putAll(new StreamsSettings(
                        APPLICATION,
                        Optional.empty(),
                        1,
                        Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, "unused:1"))
                .toMap());
        driver = new TopologyTestDriver(topology, properties, NOW);
    }

    public void pipe(String topic, byte[] key, byte[] value) {
        pipe(topic, key, value, new RecordHeaders());
    }

    public void pipe(String topic, byte[] key, byte[] value, Headers headers) {
        pipe(topic, key, value, headers, RECORD_TIME);
    }

    public void pipe(String topic, byte[] key, byte[] value, Headers headers, Instant time) {
        driver.createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer())
                .pipeInput(new TestRecord<>(key, value, headers, time));
    }

    public void pipe(String topic, String key, byte[] value, Instant time) {
        driver.createInputTopic(topic, new StringSerializer(), new ByteArraySerializer())
                .pipeInput(key, value, time);
    }

    /// What has come out since the last look, as it was written.
    public List<TestRecord<byte[], byte[]>> raw(String topic) {
        return driver.createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList();
    }

    public <V> List<TestRecord<String, V>> records(String topic, Deserializer<V> values) {
        return driver.createOutputTopic(topic, new StringDeserializer(), values).readRecordsToList();
    }

    public <V> List<V> values(String topic, Deserializer<V> values) {
        return records(topic, values).stream().map(TestRecord::value).toList();
    }

    public <K, V> KeyValueStore<K, V> store(String name) {
        return driver.getKeyValueStore(name);
    }

    public void advanceWallClock(Duration duration) {
        driver.advanceWallClockTime(duration);
    }

    @Override
    public void close() {
        driver.close();
    }
}
