package dev.inkstream.codec;

import dev.inkstream.record.InvalidRecordException;
import dev.inkstream.record.RejectReason;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/// Framed Avro to domain record, resolving the writer's schema to ours. Not thread-safe: one for each thread.
///
/// Every way in which the bytes can be wrong is an [InvalidRecordException]; a registry that does not answer is a
/// [SchemaRegistryException], and says nothing about the record.
final class AvroDeserializer<D, A extends SpecificRecordBase> implements Deserializer<D> {
    /// Writer's schemas in use at once: more than any topic has versions, and a bound on what a producer can make
    /// us keep.
    private static final int MAX_READERS = 64;

    private final AvroMapping<D, A> mapping;
    private final SchemaRegistry registry;
    private final GeneratedClasses data = new GeneratedClasses();
    private final PlainInput plain = new PlainInput();
    private final Map<Integer, Reading<A>> readers = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, Reading<A>> eldest) {
            return size() > MAX_READERS;
        }
    };

    /// How the records of one writer's schema are read.
    ///
    /// @param own whether the schema is ours
    private record Reading<A extends SpecificRecordBase>(DatumReader<A> reader, WriterTimes times, boolean own) {}

    AvroDeserializer(AvroMapping<D, A> mapping, SchemaRegistry registry) {
        this.mapping = mapping;
        this.registry = registry;
    }

    @Override
    public @Nullable D deserialize(String topic, byte @Nullable [] framed) {
        if (framed == null) {
            return null;
        }
        Reading<A> reading = readingFor(WireFrame.schemaId(framed));
        D read = reading.own() ? mapping.toDomain(plain.read(framed)) : null;
        return read != null ? read : resolve(framed, reading);
    }

    private D resolve(byte[] framed, Reading<A> reading) {
        BinaryDecoder decoder =
                DecoderFactory.get().binaryDecoder(framed, WireFrame.LENGTH, framed.length - WireFrame.LENGTH, null);
        A avro;
        try {
            avro = reading.reader().read(null, decoder);
            if (!decoder.isEnd()) {
                throw new IOException("bytes are left over");
            }
        } catch (IOException | RuntimeException e) {
            // What Avro throws depends on the bytes and on the writer's schema, both of which may be anybody's.
            throw undecodable(e);
        }
        reading.times().convert(avro);
        return mapping.toDomain(avro);
    }

    private Reading<A> readingFor(int schemaId) {
        Reading<A> known = readers.get(schemaId);
        if (known != null) {
            return known;
        }
        Schema writer = registry.byId(schemaId);
        WriterTimes times = WriterTimes.of(writer, mapping.schema());
        Reading<A> reading = new Reading<>(
                data.reader(writer, mapping.schema()), times, times.finer().isEmpty() && isOwn(writer));
        readers.put(schemaId, reading);
        return reading;
    }

    /// Whether records of a writer's schema have the bytes that those of ours have.
    private boolean isOwn(Schema writer) {
        return SchemaNormalization.toParsingForm(writer).equals(SchemaNormalization.toParsingForm(mapping.schema()));
    }

    private InvalidRecordException undecodable(Exception cause) {
        String why = cause.getMessage() == null ? "its bytes end too early" : cause.getMessage();
        return new InvalidRecordException(
                RejectReason.UNDECODABLE,
                "value is not an Avro " + mapping.schema().getName() + ": " + why);
    }
}
