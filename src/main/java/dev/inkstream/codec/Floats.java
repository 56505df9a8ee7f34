package dev.inkstream.codec;

import java.io.IOException;
import java.util.AbstractList;
import java.util.Arrays;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.Encoder;

/// The array of floats of a generated class, which asks for a list. Neither the reader nor the writer boxes them.
/// Immutable: the array belongs to it.
final class Floats extends AbstractList<Float> {
    private final float[] values;

    Floats(float[] values) {
        this.values = values;
    }

    static boolean isArray(Schema schema) {
        return schema.getElementType().getType() == Schema.Type.FLOAT;
    }

    /// Reads an array in all its blocks. A block that says that it has more items than there are bytes for is refused
    /// before there is memory for it.
    static Floats read(Schema schema, Decoder in) throws IOException {
        float[] values = {};
        for (long items = in.readArrayStart(); items > 0; items = in.arrayNext()) {
            GenericDatumReader.ensureAvailableCollectionBytes(in, items, schema.getElementType());
            int i = values.length;
            values = Arrays.copyOf(values, Math.addExact(i, Math.toIntExact(items)));
            for (; i < values.length; i++) {
                values[i] = in.readFloat();
            }
        }
        return new Floats(values);
    }

    void write(Encoder out) throws IOException {
        out.writeArrayStart();
        out.setItemCount(values.length);
        for (float value : values) {
            out.startItem();
            out.writeFloat(value);
        }
        out.writeArrayEnd();
    }

    /// The array itself, not a copy.
    float[] values() {
        return values;
    }

    @Override
    public Float get(int index) {
        return values[index];
    }

    @Override
    public int size() {
        return values.length;
    }
}
