package dev.inkstream.record;

import java.nio.ByteBuffer;

/// Confluent's wire format: byte 0, the schema id as four bytes, most significant first, then the Avro body.
final class WireFrame {
    /// Bytes before the body.
    static final int LENGTH = 5;

    private static final byte MAGIC = 0;

    private WireFrame() {}

    static void put(int schemaId, byte[] framed) {
        ByteBuffer.wrap(framed).put(MAGIC).putInt(schemaId);
    }

    /// @throws InvalidRecordException if the bytes do not start with a frame
    static int schemaId(byte[] framed) {
        if (framed.length < LENGTH) {
            throw new InvalidRecordException(
                    Defect.UNDECODABLE,
                    "value has " + framed.length + " bytes; a framed Avro record has at least " + LENGTH);
        }
        if (framed[0] != MAGIC) {
            throw new InvalidRecordException(
                    Defect.UNDECODABLE,
                    "value starts with byte " + (framed[0] & 0xff)
                            + "; a framed Avro record starts with byte 0 and a schema id");
        }
        return ByteBuffer.wrap(framed).getInt(1);
    }
}
