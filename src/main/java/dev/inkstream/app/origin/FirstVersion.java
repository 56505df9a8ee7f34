package dev.inkstream.app.origin;

import dev.inkstream.app.console.BuildVersion;
import dev.inkstream.app.console.Requester;
import dev.inkstream.app.console.UserException;
import dev.inkstream.record.ModelVersion;
import dev.inkstream.record.Publisher;
import dev.inkstream.record.WeightSnapshot;
import dev.inkstream.stream.Topics;
import dev.inkstream.stream.admin.KafkaFutures;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/// Publishes a version that an operator made as the first one of a new model, whose evaluator then judges it as any
/// other. In one transaction; a second attempt with the same version finds the first.
record FirstVersion(OriginTopics topics, InstantSource clock) {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /// @param source what it was made from, in one line
    /// @return what is on the topic now
    /// @throws UserException if the model has other versions already
    WeightSnapshot publish(String model, WeightSnapshot version, String source) throws InterruptedException {
        WeightSnapshot first = new WeightSnapshot(
                new ModelVersion(model, 0, version.id().weights()),
                version.layers(),
                version.weights(),
                version.progress(),
                version.training(),
                version.provenance()
                        .publishedBy(new Publisher(Publisher.OPERATOR, Requester.ofProcess(), BuildVersion.name()))
                        .madeFrom(source));
        KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(config(model), new StringSerializer(), new ByteArraySerializer());
        try {
            // Ends the transaction of an earlier attempt, so that what is read now is all there will be.
            producer.initTransactions();
            if (isNew(first)) {
                producer.beginTransaction();
                var _ = KafkaFutures.await(producer.send(record(first)), PATIENCE, "the acknowledgment of the version");
                producer.commitTransaction();
            }
            return first;
        } finally {
            producer.close(Duration.ZERO);
        }
    }

    /// @throws UserException if the model has other versions
    void requireNew(String model) throws InterruptedException {
        if (!known(model).isEmpty()) {
            throw taken(model);
        }
    }

    private boolean isNew(WeightSnapshot first) throws InterruptedException {
        Set<ModelVersion> known = known(first.id().model());
        if (known.isEmpty()) {
            return true;
        }
        if (!known.equals(Set.of(first.id()))) {
            throw taken(first.id().model());
        }
        return false;
    }

    private Set<ModelVersion> known(String model) throws InterruptedException {
        Set<ModelVersion> known = new LinkedHashSet<>();
        topics.versions(model, version -> known.add(version.id()), version -> known.add(version.id()));
        return known;
    }

    private static UserException taken(String model) {
        return new UserException("model %s has versions already; choose a name that no model has".formatted(model));
    }

    private Map<String, Object> config(String model) {
        Map<String, Object> config = new HashMap<>(topics.access().settings().producer());
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, topics.topics().prefix() + "models-" + model);
        config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topics.MAX_WEIGHTS_BYTES);
        return config;
    }

    private ProducerRecord<String, byte[]> record(WeightSnapshot version) {
        String topic = topics.topics().weightSnapshots().name();
        byte[] value = topics.serdes().weightSnapshot().serializer().serialize(topic, version);
        ProducerRecord<String, byte[]> record =
                new ProducerRecord<>(topic, null, clock.millis(), version.id().model(), value);
        topics.topics()
                .signatures()
                .signer()
                .ifPresent(signer -> signer.sign(
                        topic, record.headers(), version.id().model().getBytes(StandardCharsets.UTF_8), value));
        return record;
    }
}
