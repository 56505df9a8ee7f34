package dev.inkstream.stream;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/// Framed records that the schema allows and the domain does not, as another program may send them.
public final class Frames {
    private Frames() {}

    public static byte[] image(int width, int height, int pixels) {
        return frame(fields("ImageRecord", width, height, pixels));
    }

    public static byte[] labeledImage(int width, int height, int pixels, int label) {
        GenericRecord record = fields("LabeledImage", width, height, pixels);
        record.put("label", label);
        return frame(record);
    }

    public static byte[] ofUnknownSchema() {
        return new byte[] {0, 0, 0, 0, 77, 1, 2, 3};
    }

    private static GenericRecord fields(String schema, int width, int height, int pixels) {
        GenericRecord record = new GenericData.Record(schema(schema));
        record.put("width", width);
        record.put("height", height);
        record.put("pixels", ByteBuffer.allocate(pixels));
        record.put("capturedAt", 1L);
        return record;
    }

    private static Schema schema(String name) {
        try {
            return new Schema.Parser().parse(Path.of("schemas", name + ".avsc").toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] frame(GenericRecord record) {
        int id = Samples.REGISTRY.register("any-value", record.getSchema());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(ByteBuffer.allocate(5).put((byte) 0).putInt(id).array());
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        try {
            new GenericDatumWriter<GenericRecord>(record.getSchema()).write(record, encoder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
