package dev.inkstream.app.models;

import dev.inkstream.app.cluster.TopicReader;
import dev.inkstream.record.InvalidRecordException;
import dev.inkstream.record.ModelCommand;
import dev.inkstream.record.ModelDecision;
import dev.inkstream.stream.Topic;
import dev.inkstream.stream.admin.KafkaFutures;
import dev.inkstream.stream.intake.RecordDecoder;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/// Sends a command, and waits for the decision that answers it.
///
/// @param nanos a clock, as [System#nanoTime()]
record CommandExchange(ModelTopics models, LongSupplier nanos) {
    private static final Duration POLL = Duration.ofMillis(200);

    /// @param patience how long to wait for the acknowledgment, and then for the answer
    /// @return empty if no decision came in that time
    /// @throws KafkaException if the command was not acknowledged
    /// @throws InterruptedException when a stop is asked for
    Optional<ModelDecision> send(ModelCommand command, Duration patience) throws InterruptedException {
        try (KafkaConsumer<byte[], byte[]> consumer = models.reader().open()) {
            List<TopicPartition> partitions =
                    TopicReader.partitions(consumer, List.of(decisions().name()));
            consumer.assign(partitions);
            consumer.seekToEnd(partitions);
            // The end is looked up before the command is sent, so that no answer can be missed.
            partitions.forEach(consumer::position);
            write(command, patience);
            return answer(consumer, command.id(), patience);
        } catch (WakeupException e) {
            throw new InterruptedException("stopped while waiting for a decision");
        }
    }

    private void write(ModelCommand command, Duration patience) throws InterruptedException {
        Map<String, Object> config = new HashMap<>(models.access().settings().producer());
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        config.remove(ProducerConfig.TRANSACTIONAL_ID_CONFIG);
        String topic = models.topics().modelCommands().name();
        KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer());
        try {
            byte[] value = models.serdes().modelCommand().serializer().serialize(topic, command);
            ProducerRecord<String, byte[]> record =
                    new ProducerRecord<>(topic, null, command.requestedAt().toEpochMilli(), command.model(), value);
            KafkaFutures.await(producer.send(record), patience, "the acknowledgment of the command");
        } finally {
            // It is acknowledged, or has failed and is not waited for.
            producer.close(Duration.ZERO);
        }
    }

    private Optional<ModelDecision> answer(KafkaConsumer<byte[], byte[]> consumer, String id, Duration patience) {
        long start = nanos.getAsLong();
        RecordDecoder<ModelDecision> decoder = models.topics().ledger(models.serdes());
        while (nanos.getAsLong() - start < patience.toNanos()) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                Optional<ModelDecision> decision = decode(decoder, record)
                        .filter(one ->
                                one.origin().commandId().filter(id::equals).isPresent());
                if (decision.isPresent()) {
                    return decision;
                }
            }
        }
        return Optional.empty();
    }

    private Topic<String, ModelDecision> decisions() {
        return models.topics().modelDecisions();
    }

    private static Optional<ModelDecision> decode(
            RecordDecoder<ModelDecision> decoder, ConsumerRecord<byte[], byte[]> record) {
        try {
            return Optional.of(decoder.decode(record).value());
        } catch (InvalidRecordException e) {
            // Only the evaluator writes decisions, and it writes what can be read; `models history` names this one.
            return Optional.empty();
        }
    }
}
