package dev.inkstream.app.bench;

import dev.inkstream.app.cluster.KafkaSettings;
import dev.inkstream.codec.AvroSerdes;
import dev.inkstream.codec.SchemaRegistry;
import dev.inkstream.record.WeightSnapshot;
import dev.inkstream.stream.LargestRecords;
import dev.inkstream.stream.Topic;
import dev.inkstream.stream.Topics;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;

/// Opens producers of versions. Stateless.
final class WeightsProducer {
    private WeightsProducer() {}

    /// One that sends versions as large as a topic takes.
    static Producer<String, WeightSnapshot> open(
            KafkaSettings settings, SchemaRegistry registry, Topic<String, WeightSnapshot> topic) {
        Map<String, Object> config = new HashMap<>(settings.producer());
        config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topics.MAX_WEIGHTS_BYTES + LargestRecords.BESIDE_VALUE);
        return new KafkaProducer<>(
                config,
                topic.keys().serializer(),
                topic.values().apply(new AvroSerdes(registry)).serializer());
    }
}
