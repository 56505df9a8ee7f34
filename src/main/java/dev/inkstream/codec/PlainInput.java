package dev.inkstream.codec;

import dev.inkstream.record.Pixels;
import java.nio.charset.StandardCharsets;

/// Reads the fields of a record whose writer's schema is our own: Avro's binary encoding, without Avro's reader. Not
/// thread-safe, reused for one record after the other.
///
/// It reads what an ordinary writer writes. Anything else makes the record *unusual*: no exception is thrown, values
/// are arbitrary from then on, and [#isWhole()] is false. Avro's own reader then reads the record from its beginning,
/// and accepts it or says what is wrong.
///
/// Source: Apache Avro 1.12 specification, "Binary Encoding".
final class PlainInput {
    private static final int MAX_INT_BYTES = 5;
    private static final int MAX_LONG_BYTES = 10;

    private byte[] bytes = {};
    private int position;
    private boolean unusual;

    /// Begins with the body of a framed record.
    PlainInput read(byte[] framed) {
        bytes = framed;
        position = WireFrame.LENGTH;
        unusual = false;
        return this;
    }

    /// Whether the fields read so far are the whole record, and nothing of it is unusual.
    boolean isWhole() {
        return !unusual && position == bytes.length;
    }

    int readInt() {
        long value = readVarint(MAX_INT_BYTES);
        unusual |= value != (int) value;
        return (int) value;
    }

    long readLong() {
        return readVarint(MAX_LONG_BYTES);
    }

    /// A zigzag number of at most so many bytes, and of no more than it needs; the last of ten may hold no more than
    /// one bit. Avro accepts longer ones in some fields and not in others.
    private long readVarint(int max) {
        long value = 0;
        for (int i = 0; i < max && position < bytes.length; i++) {
            int next = bytes[position];
            position++;
            value |= (next & 0x7fL) << (7 * i);
            if (next >= 0) {
                unusual |= i > 0 && next == 0;
                unusual |= i == MAX_LONG_BYTES - 1 && next > 1;
                return (value >>> 1) ^ -(value & 1);
            }
        }
        unusual = true;
        return 0;
    }

    float readFloat() {
        if (!has(Float.BYTES)) {
            return 0;
        }
        int bits = (bytes[position] & 0xff)
                | ((bytes[position + 1] & 0xff) << 8)
                | ((bytes[position + 2] & 0xff) << 16)
                | (bytes[position + 3] << 24);
        position += Float.BYTES;
        return Float.intBitsToFloat(bits);
    }

    /// An array in one block, as writers write it.
    float[] readFloats() {
        long count = readLong();
        // Not count * 4, which a count that no record can hold overflows.
        if (count < 0 || count > (bytes.length - position) / Float.BYTES) {
            unusual = true;
        }
        if (count == 0 || unusual) {
            return new float[0];
        }
        float[] values = new float[(int) count];
        for (int i = 0; i < values.length; i++) {
            values[i] = readFloat();
        }
        unusual |= readLong() != 0;
        return values;
    }

    /// The bytes of a field where they are.
    Pixels readPixels() {
        int length = readLength();
        Pixels pixels = new Pixels(bytes, position, length);
        position += length;
        return pixels;
    }

    /// A copy of the bytes of a field.
    byte[] readBytes() {
        return readPixels().copy();
    }

    String readText() {
        int length = readLength();
        String text = new String(bytes, position, length, StandardCharsets.UTF_8);
        position += length;
        return text;
    }

    private int readLength() {
        long length = readLong();
        return has(length) ? (int) length : 0;
    }

    private boolean has(long length) {
        boolean has = length >= 0 && length <= bytes.length - position;
        unusual |= !has;
        return has;
    }
}
