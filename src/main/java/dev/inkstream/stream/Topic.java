package dev.inkstream.stream;

import dev.inkstream.codec.AvroSerdes;
import dev.inkstream.codec.SchemaRegistryException;
import dev.inkstream.record.InvalidRecordException;
import dev.inkstream.signature.Signer;
import dev.inkstream.stream.intake.Admission;
import dev.inkstream.stream.intake.RecordDecoder;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.processor.TimestampExtractor;

/// A topic: its name, what its records are, and how it should be created. Immutable.
///
/// Sources give records as bytes, from the first one on; a [#decoder] behind them rejects bad ones.
///
/// @param name with the prefix
/// @param keys serde of the keys
/// @param values serde of the values
/// @param partitions how many it needs
/// @param config its own settings, by Kafka's names
/// @param admission which records are admitted by who reads it
/// @param signer signs what is written to it
/// @param <V> the domain record, or bytes that are kept as they came
public record Topic<K, V>(
        String name,
        Serde<K> keys,
        Function<AvroSerdes, Serde<V>> values,
        Partitions partitions,
        Map<String, String> config,
        Admission admission,
        Optional<Signer> signer) {

    /// How many partitions a topic needs.
    public enum Partitions {
        /// Exactly one: roles rely on the order of all its records.
        ORDERED,
        /// Any number; it is created with one.
        ONE,
        /// Any number: its records are a user's own, or for a user, who says how many.
        SHARED
    }

    public Topic {
        config = Map.copyOf(config);
    }

    /// The same topic for records whose keys are bytes already.
    public Topic<byte[], V> withRawKeys() {
        return new Topic<>(name, Serdes.ByteArray(), values, partitions, config, admission, signer);
    }

    /// The same topic for records that are encoded already.
    public Topic<byte[], byte[]> encoded() {
        return new Topic<>(
                name, Serdes.ByteArray(), serdes -> Serdes.ByteArray(), partitions, config, admission, signer);
    }

    /// The same topic with admission and signatures.
    Topic<K, V> with(Admission other, Optional<Signer> signs) {
        return new Topic<>(name, keys, values, partitions, config, other, signs);
    }

    /// The topic as it should be created.
    ///
    /// @param shared partitions of a topic that is [Partitions#SHARED]
    public TopicSpec spec(int shared) {
        return new TopicSpec(name, partitions == Partitions.SHARED ? shared : 1, config);
    }

    /// Gets the schema id of what will be written, so that a registry that does not work is found out now.
    ///
    /// @throws SchemaRegistryException if the registry does not answer, or refuses the schema
    public void register(AvroSerdes serdes) {
        serdes.register(name, values);
    }

    /// @param use gives what a role uses of a value, or throws [InvalidRecordException] if it cannot be used
    /// @return a decoder for one thread
    public <T> RecordDecoder<T> decoder(AvroSerdes serdes, Function<V, T> use) {
        return new RecordDecoder<>(name, values.apply(serdes).deserializer(), use, admission);
    }

    /// A decoder that accepts every record of the schema.
    public RecordDecoder<V> decoder(AvroSerdes serdes) {
        return decoder(serdes, Function.identity());
    }

    /// Adds a source of bytes.
    public void addSource(Topology topology, String node) {
        topology.addSource(
                AutoOffsetReset.earliest(), node, new ByteArrayDeserializer(), new ByteArrayDeserializer(), name);
    }

    /// Adds a source of bytes with timestamps of its own.
    public void addSource(Topology topology, String node, TimestampExtractor timestamps) {
        topology.addSource(
                AutoOffsetReset.earliest(),
                node,
                timestamps,
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer(),
                name);
    }

    /// Adds a source of bytes to a topology of the DSL, which alone can make internal topics.
    public KStream<byte[], byte[]> stream(StreamsBuilder builder, String node) {
        return builder.stream(
                name,
                Consumed.with(Serdes.ByteArray(), Serdes.ByteArray())
                        .withName(node)
                        .withOffsetResetPolicy(AutoOffsetReset.earliest()));
    }

    /// Adds a sink. If records are signed, the node is a processor that signs them, and the sink comes behind it.
    public void addSink(Topology topology, String node, AvroSerdes serdes, String... parents) {
        Serializer<V> serializer = values.apply(serdes).serializer();
        if (signer.isEmpty()) {
            topology.addSink(node, name, keys.serializer(), serializer, parents);
            return;
        }
        topology.addProcessor(
                node, () -> new SignProcessor<>(name, keys.serializer(), serializer, signer.get()), parents);
        topology.addSink(node + "-signed", name, new ByteArraySerializer(), new ByteArraySerializer(), node);
    }
}
