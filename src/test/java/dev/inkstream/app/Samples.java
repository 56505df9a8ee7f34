package dev.inkstream.app;

import dev.inkstream.record.ConfusionMatrix;
import dev.inkstream.record.Evaluation;
import dev.inkstream.record.ModelVersion;
import dev.inkstream.record.Prediction;
import dev.inkstream.record.Provenance;
import dev.inkstream.record.Publisher;
import dev.inkstream.record.Sha256;
import dev.inkstream.record.TrainingProgress;
import dev.inkstream.record.TrainingProgress.Prequential;
import dev.inkstream.record.WeightSnapshot;
import dev.inkstream.record.WeightSnapshot.Layers;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serde;

/// Records as the roles would write them. Version v of a model has v as each byte of its parameters.
final class Samples {
    private Samples() {}

    static ModelVersion id(String model, long version) {
        return new ModelVersion(model, version, Sha256.of(parameters(version)));
    }

    static Prediction prediction(String imageId, ModelVersion model) {
        return new Prediction(
                imageId,
                1,
                new float[] {0.125f, 0.875f},
                model,
                new Prediction.Position(2, 1234),
                Instant.parse("2026-11-24T05:55:45.123Z"));
    }

    public static WeightSnapshot snapshot(String model, long version) {
        return new WeightSnapshot(
                        id(model, version),
                        new Layers(List.of(4, 3, 2), "RELU", "SOFTMAX"),
                        parameters(version),
                        new TrainingProgress(
                                1000 * version,
                                100 * version,
                                1000 * version - 1,
                                version == 0 ? new Prequential(0, 0, 0) : new Prequential(1000, 900, 0.25)),
                        "preset=modern seed=1")
                .with(version == 0 ? Provenance.unknown() : after(id(model, version - 1)));
    }

    private static Provenance after(ModelVersion parent) {
        return Provenance.trained(OptionalLong.of(0), Optional.of(parent.weights()))
                .publishedBy(new Publisher("trainer", "t-1", "inkstream 0.3.0"));
    }

    static Evaluation evaluation(String model, long version, boolean promoted) {
        ConfusionMatrix confusion = ConfusionMatrix.of(2, new long[] {40, 10, 0, 50});
        return new Evaluation(id(model, version), 1000 * version, confusion, 0.5, promoted);
    }

    static <V> ProducerRecord<String, byte[]> record(String topic, String key, Serde<V> serde, V value) {
        return new ProducerRecord<>(topic, key, serde.serializer().serialize(topic, value));
    }

    /// The same, without a timestamp. Kafka's own producer refuses that of a record, but not of one that says so late.
    static ProducerRecord<String, byte[]> withoutTimestamp(ProducerRecord<String, byte[]> record) {
        return new ProducerRecord<>(record.topic(), record.key(), record.value()) {
            @Override
            public Long timestamp() {
                return ConsumerRecord.NO_TIMESTAMP;
            }
        };
    }

    private static byte[] parameters(long version) {
        byte[] parameters = new byte[4 * (4 * 3 + 3 + 3 * 2 + 2)];
        java.util.Arrays.fill(parameters, (byte) version);
        return parameters;
    }
}
