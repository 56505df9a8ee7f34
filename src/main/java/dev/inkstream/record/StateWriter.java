package dev.inkstream.record;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;

/// Writes the fields of one [StateFormat] value in the order of its schema. Not thread-safe.
public final class StateWriter {
    private static final int NUMBERS = 64;

    private final ByteArrayOutputStream bytes;
    private final BinaryEncoder out;

    StateWriter(int version, int more) {
        bytes = new ByteArrayOutputStream(NUMBERS + more);
        bytes.write(version);
        out = EncoderFactory.get().directBinaryEncoder(bytes, null);
    }

    /// All that was written, the version first.
    public byte[] toBytes() {
        return bytes.toByteArray();
    }

    /// An Avro `long`, or an `int` or `enum`, which are written alike.
    public StateWriter number(long value) {
        return write(() -> out.writeLong(value));
    }

    public StateWriter flag(boolean value) {
        return write(() -> out.writeBoolean(value));
    }

    /// An Avro `string`.
    public StateWriter text(String value) {
        return write(() -> out.writeString(value));
    }

    /// An Avro `bytes`.
    public StateWriter bytes(byte[] value) {
        return write(() -> out.writeBytes(value));
    }

    /// An Avro union of `null` and `bytes`.
    public StateWriter optionalBytes(byte @Nullable [] value) {
        number(value == null ? 0 : 1);
        return value == null ? this : bytes(value);
    }

    /// Begins an Avro `array`; the fields of so many items follow, then [#end()].
    public StateWriter array(int items) {
        return items == 0 ? this : number(items);
    }

    /// Ends an array.
    public StateWriter end() {
        return number(0);
    }

    private StateWriter write(Field field) {
        try {
            field.write();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return this;
    }

    @FunctionalInterface
    private interface Field {
        void write() throws IOException;
    }
}
