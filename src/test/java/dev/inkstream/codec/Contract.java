package dev.inkstream.codec;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;

/// What another program has: the files under `schemas/`, an Avro library and the rule for the five bytes in front.
public final class Contract {
    public static final List<String> NAMES = List.of(
            "ImageRecord",
            "LabeledImage",
            "Prediction",
            "WeightSnapshot",
            "Evaluation",
            "Label",
            "LiveEvaluation",
            "DriftEvent",
            "ModelCommand",
            "ModelDecision");

    private Contract() {}

    public static Schema schema(String name) {
        try {
            return new Schema.Parser().parse(Path.of("schemas", name + ".avsc").toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The schema of snapshots of a possible later version: with one more hidden activation, `LATER`.
    static Schema snapshotWithLaterActivation() {
        String current = schema("WeightSnapshot").toString();
        int end = current.indexOf(']', current.indexOf("\"name\":\"HiddenActivation\""));
        return new Schema.Parser().parse(current.substring(0, end) + ",\"LATER\"" + current.substring(end));
    }

    /// What a consumer reads that knows nothing of this code.
    public static GenericRecord read(String name, byte[] framed) throws IOException {
        BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(framed, 5, framed.length - 5, null);
        GenericRecord record = new GenericDatumReader<GenericRecord>(schema(name)).read(null, decoder);
        if (!decoder.isEnd()) {
            throw new IOException("bytes are left over");
        }
        return record;
    }

    /// What a producer sends that knows nothing of this code.
    public static byte[] write(int schemaId, GenericRecord record) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(frame(schemaId));
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        try {
            new GenericDatumWriter<GenericRecord>(record.getSchema()).write(record, encoder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /// The five bytes in front of a body.
    public static byte[] frame(int schemaId) {
        return ByteBuffer.allocate(5).put((byte) 0).putInt(schemaId).array();
    }
}
