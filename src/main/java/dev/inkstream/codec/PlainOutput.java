package dev.inkstream.codec;

import java.util.Arrays;

/// Writes framed Avro into memory that is used for one record after the other. Not thread-safe.
///
/// Source: Apache Avro 1.12 specification, "Binary Encoding".
final class PlainOutput {
    private static final int MAX_VARINT_BYTES = 10;

    private byte[] bytes = new byte[512];
    private int position;

    /// Begins a record with the id of its schema.
    PlainOutput begin(int schemaId) {
        position = WireFrame.LENGTH;
        WireFrame.put(schemaId, bytes);
        return this;
    }

    /// Begins with nothing, for a part of a record.
    PlainOutput beginPart() {
        position = 0;
        return this;
    }

    /// An int or a long, in zigzag form.
    PlainOutput writeLong(long value) {
        reserve(MAX_VARINT_BYTES);
        long left = (value << 1) ^ (value >> 63);
        while ((left & ~0x7fL) != 0) {
            bytes[position] = (byte) (left | 0x80);
            position++;
            left >>>= 7;
        }
        bytes[position] = (byte) left;
        position++;
        return this;
    }

    /// The length and the bytes of a field, or of a text in UTF-8.
    PlainOutput writeBytes(byte[] value) {
        return writeLong(value.length).append(value);
    }

    /// Bytes that are encoded already.
    PlainOutput append(byte[] encoded) {
        reserve(encoded.length);
        System.arraycopy(encoded, 0, bytes, position, encoded.length);
        position += encoded.length;
        return this;
    }

    /// An array of floats in one block; no block if there are none.
    PlainOutput writeFloats(float[] values) {
        if (values.length > 0) {
            writeLong(values.length);
            reserve(values.length * Float.BYTES);
            for (float value : values) {
                writeFloat(value);
            }
        }
        return writeLong(0);
    }

    private void writeFloat(float value) {
        int bits = Float.floatToRawIntBits(value);
        bytes[position] = (byte) bits;
        bytes[position + 1] = (byte) (bits >>> 8);
        bytes[position + 2] = (byte) (bits >>> 16);
        bytes[position + 3] = (byte) (bits >>> 24);
        position += Float.BYTES;
    }

    private void reserve(int more) {
        if (bytes.length - position < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, position + more));
        }
    }

    /// A copy of what was written, since Kafka keeps what it is given until the record is sent.
    byte[] toBytes() {
        return Arrays.copyOf(bytes, position);
    }
}
