package dev.inkstream.record;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the fields of one [StateFormat] value in the order of its schema, as [StateWriter] writes them. Not
/// thread-safe.
///
/// Every method throws [StateFormatException] if the bytes end too early or cannot be what it reads.
public final class StateReader {
    private final StateFormat format;
    private final int version;
    private final byte[] bytes;
    private int position = 1;

    StateReader(StateFormat format, int version, byte[] bytes) {
        this.format = format;
        this.version = version;
        this.bytes = bytes;
    }

    /// The version of the format.
    public int version() {
        return version;
    }

    /// An Avro `long`.
    public long number() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            byte next = next();
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return (value >>> 1) ^ -(value & 1);
            }
        }
        throw format.damaged(version);
    }

    /// An Avro `int`.
    public int smallNumber() {
        long value = number();
        if (value != (int) value) {
            throw format.damaged(version);
        }
        return (int) value;
    }

    /// An Avro `enum`, or a number that stands for one of some values.
    ///
    /// @param values by number, from 0
    public <E> E oneOf(List<E> values) {
        long number = number();
        if (number < 0 || number >= values.size()) {
            throw format.damaged(version);
        }
        return values.get((int) number);
    }

    /// An Avro `boolean`.
    public boolean flag() {
        return next() != 0;
    }

    /// An Avro `string`.
    public String text() {
        return new String(bytes(), StandardCharsets.UTF_8);
    }

    /// An Avro `bytes`.
    public byte[] bytes() {
        int length = length();
        position += length;
        return Arrays.copyOfRange(bytes, position - length, position);
    }

    /// An Avro `bytes` of a SHA-256.
    public Sha256 digest() {
        byte[] digest = bytes();
        if (digest.length != Sha256.LENGTH) {
            throw format.damaged(version);
        }
        return Sha256.fromDigest(digest);
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
        if (number() != 0) {
            throw format.damaged(version);
        }
    }

    /// Says that no field follows.
    void done() {
        if (position != bytes.length) {
            throw format.damaged(version);
        }
    }

    private byte next() {
        if (position == bytes.length) {
            throw format.damaged(version);
        }
        return bytes[position++];
    }

    /// Of what follows: it takes no more than all that is left.
    private int length() {
        long length = number();
        if (length < 0 || length > bytes.length - position) {
            throw format.damaged(version);
        }
        return (int) length;
    }
}
