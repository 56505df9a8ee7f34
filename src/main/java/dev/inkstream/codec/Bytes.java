package dev.inkstream.codec;

import java.nio.ByteBuffer;

/// The bytes of what Avro decodes.
final class Bytes {
    private Bytes() {}

    /// The remaining bytes; without a copy where the buffer is no more than its array, as Avro's decoder makes it.
    static byte[] toArray(ByteBuffer buffer) {
        if (buffer.hasArray()
                && buffer.arrayOffset() == 0
                && buffer.position() == 0
                && buffer.remaining() == buffer.array().length) {
            return buffer.array();
        }
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(buffer.position(), bytes);
        return bytes;
    }
}
