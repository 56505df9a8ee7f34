package dev.inkstream.signature;

import dev.inkstream.record.Sha256;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.HexFormat;

/// Names a public key: the first 8 bytes of the SHA-256 of its DER encoding, as 16 hexadecimal digits. It helps a
/// reader to find the key and proves nothing. Immutable.
public record KeyId(String hex) {
    static final int BYTES = 8;

    static KeyId of(PublicKey key) {
        byte[] digest = Sha256.of(key.getEncoded()).bytes();
        return new KeyId(HexFormat.of().formatHex(Arrays.copyOf(digest, BYTES)));
    }

    @Override
    public String toString() {
        return hex;
    }
}
