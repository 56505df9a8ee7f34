package dev.inkstream.codec;

import dev.inkstream.record.InvalidRecordException;
import dev.inkstream.record.RejectReason;
import java.nio.ByteBuffer;

/// Confluent's wire format: byte 0, the schema id as four bytes, most significant first, then the Avro body.
final class WireFrame {
    /// Bytes before the body.
    static final int LENGTH = 5;

    private static final byte MAGIC = 0;

    private WireFrame() {}

    static void put(int schemaId, byte[] framed) {
        framed[0] = MAGIC;
        framed[1] = (byte) (schemaId >>> 24);
        framed[2] = (byte) (schemaId >>> 16);
        framed[3] = (byte) (schemaId >>> 8);
        framed[4] = (byte) schemaId;
    }

    /// @throws InvalidRecordException if the bytes do not start with a frame
    static int schemaId(byte[] framed) {
        if (framed.length < LENGTH) {
            throw new InvalidRecordException(
                    RejectReason.UNDECODABLE,
                    "value has " + framed.length + " bytes; a framed Avro record has at least " + LENGTH);
        }
        if (framed[0] != MAGIC) {
            throw new InvalidRecordException(
                    RejectReason.UNDECODABLE,
                    "value starts with byte " + (framed[0] & 0xff)
                            + "; a framed Avro record starts with byte 0 and a schema id");
        }
        int id = (framed[1] << 24) | ((framed[2] & 0xff) << 16) | ((framed[3] & 0xff) << 8) | (framed[4] & 0xff);
        if (id == 0) {
            throw new InvalidRecordException(
                    RejectReason.UNKNOWN_SCHEMA, "value has schema id 0; it must be 1 or more" + eightBytes(framed));
        }
        return id;
    }

    /// No registry gives the id 0. What some serializers write is an id of eight bytes, of which the first four are 0.
    private static String eightBytes(byte[] framed) {
        return framed.length < 1 + Long.BYTES
                ? ""
                : ". If the producer writes ids of 8 bytes, as some versions of Apicurio do, the id is "
                        + ByteBuffer.wrap(framed).getLong(1) + "; set it to ids of 4 bytes";
    }
}
