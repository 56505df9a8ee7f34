package dev.inkstream.stream.intake;

import dev.inkstream.record.Sha256;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The numbers and byte strings that Kafka's record format is made of, read from a stream. Not thread-safe.
final class RecordStream implements AutoCloseable {
    private static final int CHUNK = 1 << 16;

    private final InputStream in;
    private long position;

    /// A byte string, or the beginning of one.
    ///
    /// @param size of the whole; -1 if it is null
    /// @param bytes the whole, or its beginning
    /// @param digest of the whole, if it was cut
    record Part(int size, byte @Nullable [] bytes, Optional<Sha256> digest) {
        static final Part NULL = new Part(-1, null, Optional.empty());
    }

    RecordStream(InputStream in) {
        this.in = in;
    }

    /// How many bytes have been read.
    long position() {
        return position;
    }

    int octet() throws IOException {
        int octet = in.read();
        if (octet < 0) {
            throw new EOFException("end of the batch");
        }
        position++;
        return octet;
    }

    /// A number of up to 32 bits, zigzag.
    int varint() throws IOException {
        long value = varlong();
        if (value != (int) value) {
            throw new IOException("number out of range: " + value);
        }
        return (int) value;
    }

    /// A number of up to 64 bits, zigzag.
    long varlong() throws IOException {
        long zigzag = 0;
        for (int shift = 0; shift < 70; shift += 7) {
            int octet = octet();
            zigzag |= (long) (octet & 0x7f) << shift;
            if (octet < 0x80) {
                return zigzag >>> 1 ^ -(zigzag & 1);
            }
        }
        throw new IOException("number of more than ten bytes");
    }

    /// A byte string.
    ///
    /// @param size its length; negative if it is null
    /// @param max the longest that is kept whole
    Part part(int size, int max) throws IOException {
        if (size < 0) {
            return Part.NULL;
        }
        if (size <= max) {
            return new Part(size, bytes(size), Optional.empty());
        }
        byte[] kept = bytes(Math.min(size, IntakeLimits.PREFIX_BYTES));
        MessageDigest digest = Sha256.newDigest();
        digest.update(kept);
        for (int left = size - kept.length; left > 0; ) {
            byte[] chunk = bytes(Math.min(left, CHUNK));
            digest.update(chunk);
            left -= chunk.length;
        }
        return new Part(size, kept, Optional.of(Sha256.fromDigest(digest.digest())));
    }

    byte[] bytes(int size) throws IOException {
        byte[] bytes = in.readNBytes(size);
        position += bytes.length;
        if (bytes.length < size) {
            throw new EOFException("end of the batch");
        }
        return bytes;
    }

    void skip(int size) throws IOException {
        in.skipNBytes(size);
        position += size;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
