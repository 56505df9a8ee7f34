package dev.inkstream.record;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/// A SHA-256 digest (FIPS 180-4). Immutable; equality by content.
public final class Sha256 {
    /// Bytes of a digest.
    static final int LENGTH = 32;

    private final byte[] bytes;

    private Sha256(byte[] bytes) {
        this.bytes = bytes;
    }

    /// The digest of `content`.
    public static Sha256 of(byte[] content) {
        return new Sha256(newDigest().digest(content));
    }

    /// The digest of the remaining bytes of `content`, whose position moves to its limit.
    public static Sha256 of(ByteBuffer content) {
        MessageDigest digest = newDigest();
        digest.update(content);
        return new Sha256(digest.digest());
    }

    /// Computes a digest piece by piece; [#fromDigest(byte[])] takes its result.
    public static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /// A digest that was computed elsewhere.
    ///
    /// @throws InvalidRecordException if it is not 32 bytes long
    public static Sha256 fromDigest(byte[] digest) {
        if (digest.length != LENGTH) {
            throw new InvalidRecordException(
                    RejectReason.UNDECODABLE, "SHA-256 has " + digest.length + " bytes; it must have " + LENGTH);
        }
        return new Sha256(digest.clone());
    }

    /// A copy of the 32 bytes.
    public byte[] bytes() {
        return bytes.clone();
    }

    /// The first 12 hexadecimal digits, to distinguish versions on a screen.
    public String abbreviated() {
        return toString().substring(0, 12);
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Sha256 that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /// 64 hexadecimal digits.
    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }
}
