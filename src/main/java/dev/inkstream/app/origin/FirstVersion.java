package dev.inkstream.app.origin;

import dev.inkstream.app.console.BuildVersion;
import dev.inkstream.app.console.Requester;
import dev.inkstream.app.console.Text;
import dev.inkstream.app.console.UserException;
import dev.inkstream.record.ModelVersion;
import dev.inkstream.record.Publisher;
import dev.inkstream.record.WeightSnapshot;
import dev.inkstream.stream.LargestRecords;
import dev.inkstream.stream.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/// Publishes a version that an operator made as the first one of a new model, whose evaluator then judges it as any
/// other. In one transaction; a second attempt with the same version finds the first.
///
/// @param name of the new model
record FirstVersion(OriginTopics topics, InstantSource clock, Name name) {
    /// The name of a new model.
    ///
    /// @param option that gives it
    record Name(String option, String model) {
        UserException taken() {
            return new UserException(
                    "%s is '%s'; it must be a name that no model has".formatted(option, Text.printable(model)));
        }
    }

    /// Checks the name before long work.
    ///
    /// @param source how the source begins of what an earlier attempt may have published
    /// @throws UserException if the name is taken
    void requireFree(String source) throws InterruptedException {
        NameUse use = NameUse.read(topics, name.model());
        if (!use.isFree()
                && use.onlySource().filter(its -> its.startsWith(source)).isEmpty()) {
            throw name.taken();
        }
    }

    /// @param source what it was made from, in one line
    /// @return what is on the topic now
    /// @throws UserException if the name is taken
    WeightSnapshot publish(WeightSnapshot version, String source) throws InterruptedException {
        WeightSnapshot first = new WeightSnapshot(
                new ModelVersion(name.model(), 0, version.id().weights()),
                version.layers(),
                version.weights(),
                version.progress(),
                version.training(),
                version.provenance()
                        .publishedBy(new Publisher(Publisher.OPERATOR, Requester.ofProcess(), BuildVersion.name()))
                        .madeFrom(source));
        KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(config(), new StringSerializer(), new ByteArraySerializer());
        try {
            OneTransaction transaction = new OneTransaction(producer, name.model());
            transaction.begin();
            NameUse use = NameUse.read(topics, name.model());
            if (use.isFree()) {
                transaction.publish(record(first));
            } else if (!use.isOnly(first.id())) {
                throw name.taken();
            }
            return first;
        } finally {
            producer.close(Duration.ZERO);
        }
    }

    private Map<String, Object> config() {
        Map<String, Object> config = new HashMap<>(topics.access().settings().producer());
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, topics.topics().prefix() + "models-" + name.model());
        config.putIfAbsent(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, (int) OneTransaction.TIMEOUT.toMillis());
        config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topics.MAX_WEIGHTS_BYTES + LargestRecords.BESIDE_VALUE);
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
