package dev.inkstream.record;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.jspecify.annotations.Nullable;

/// Reads the fields of one [StateFormat] value in the order of its schema. Not thread-safe.
///
/// Every method throws [UnknownStateFormatException] if the bytes end too early.
public final class StateReader {
    private final String what;
    private final int version;
    private final BinaryDecoder in;

    StateReader(String what, int version, byte[] bytes) {
        this.what = what;
        this.version = version;
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
        return read(in::readString);
    }

    /// An Avro `bytes`.
    public byte[] bytes() {
        ByteBuffer bytes = read(() -> in.readBytes(null));
        return Bytes.toArray(bytes);
    }

    /// An Avro union of `null` and `bytes`.
    public byte @Nullable [] optionalBytes() {
        return smallNumber() == 0 ? null : bytes();
    }

    /// The number of items of the array that begins here.
    public int array() {
        return smallNumber();
    }

    /// After the items of an array that is not empty.
    public void end() {
        var _ = number();
    }

    private <T> T read(Field<T> field) {
        try {
            return field.read();
        } catch (IOException | AvroRuntimeException e) {
            throw new UnknownStateFormatException(
                    "the " + what + ", format " + version + ", is damaged: its bytes end too early");
        }
    }

    @FunctionalInterface
    private interface Field<T> {
        T read() throws IOException;
    }
}
