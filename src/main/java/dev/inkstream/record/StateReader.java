package dev.inkstream.record;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.jspecify.annotations.Nullable;

/// Reads the fields of one [StateFormat] value in the order of its schema. Not thread-safe.
///
/// Every method throws [StateFormatException] if the bytes end too early.
public final class StateReader {
    private final StateFormat format;
    private final int version;
    private final int size;
    private final BinaryDecoder in;

    StateReader(StateFormat format, int version, byte[] bytes) {
        this.format = format;
        this.version = version;
        size = bytes.length;
        in = DecoderFactory.get().binaryDecoder(bytes, 1, bytes.length - 1, null);
    }

    /// The version of the format.
    public int version() {
        return version;
    }

    /// An Avro `long`.
    public long number() {
        return read(in::readLong);
    }

    /// An Avro `int` or `enum`.
    public int smallNumber() {
        return read(in::readInt);
    }

    public boolean flag() {
        return read(in::readBoolean);
    }

    /// An Avro `string`.
    public String text() {
        return new String(bytes(), StandardCharsets.UTF_8);
    }

    /// An Avro `bytes`.
    public byte[] bytes() {
        byte[] value = new byte[length()];
        try {
            in.readFixed(value);
        } catch (IOException e) {
            throw format.damaged(version);
        }
        return value;
    }

    /// An Avro union of `null` and `bytes`.
    public byte @Nullable [] optionalBytes() {
        return smallNumber() == 0 ? null : bytes();
    }

    /// The number of items of the array that begins here.
    public int array() {
        return length();
    }

    /// After the items of an array that is not empty.
    public void end() {
        var _ = number();
    }

    /// Says that no field follows.
    public void done() {
        try {
            if (!in.isEnd()) {
                throw format.damaged(version);
            }
        } catch (IOException e) {
            throw format.damaged(version);
        }
    }

    /// Of what follows: it cannot be longer than all that there is.
    private int length() {
        long length = number();
        if (length < 0 || length > size) {
            throw format.damaged(version);
        }
        return (int) length;
    }

    private <T> T read(Field<T> field) {
        try {
            return field.read();
        } catch (IOException | AvroRuntimeException e) {
            throw format.damaged(version);
        }
    }

    @FunctionalInterface
    private interface Field<T> {
        T read() throws IOException;
    }
}
