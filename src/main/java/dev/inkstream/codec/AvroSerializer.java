package dev.inkstream.codec;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/// Domain record to framed Avro. Thread-safe.
final class AvroSerializer<D, A extends SpecificRecordBase> implements Serializer<D> {
    private final AvroMapping<D, A> mapping;
    private final SchemaRegistry registry;
    private final DatumWriter<A> writer;
    /// One entry for each topic that this serializer writes to: a handful, named by our own code.
    private final Map<String, Integer> idByTopic = new ConcurrentHashMap<>();

    AvroSerializer(AvroMapping<D, A> mapping, SchemaRegistry registry) {
        this.mapping = mapping;
        this.registry = registry;
        this.writer = new GeneratedClasses().writer(mapping.schema());
    }

    @Override
    public byte @Nullable [] serialize(String topic, @Nullable D domain) {
        if (domain == null) {
            return null;
        }
        int id = idFor(topic);
        ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
        out.writeBytes(new byte[WireFrame.LENGTH]);
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        try {
            writer.write(mapping.toAvro(domain), encoder);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        byte[] framed = out.toByteArray();
        WireFrame.put(id, framed);
        return framed;
    }

    /// The id of what is written to a topic. The registered schema is that of the file.
    int idFor(String topic) {
        return idByTopic.computeIfAbsent(
                topic, t -> registry.register(t + "-value", BuiltInSchemas.asFiled(mapping.schema())));
    }
}
