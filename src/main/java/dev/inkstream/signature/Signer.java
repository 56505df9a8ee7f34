package dev.inkstream.signature;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/// Signs records. Immutable, thread-safe.
///
/// @param scope what the signatures are valid for: the id of the cluster, or another name
public record Signer(SigningKey key, String scope) {
    /// The header with the 64 bytes of the signature.
    public static final String SIGNATURE = "inkstream.signature";

    /// The header that names the key, as 16 hexadecimal digits.
    public static final String KEY_ID = "inkstream.key-id";

    /// The only header that is signed: the number of the decision that a version on `serving-weights` follows from.
    public static final String DECISION = "inkstream.decision";

    /// Adds the signature to the headers of a record; one that is there is replaced.
    ///
    /// @param headers all that the record will have
    /// @param key bytes as they will be on the topic
    /// @param value bytes as they will be on the topic; null for a tombstone
    public void sign(String topic, Headers headers, byte @Nullable [] key, byte @Nullable [] value) {
        byte[] signature = this.key.sign(SignedMessage.of(scope, topic, headers, key, value));
        headers.remove(KEY_ID).remove(SIGNATURE);
        headers.add(KEY_ID, this.key.publicKey().id().hex().getBytes(StandardCharsets.US_ASCII));
        headers.add(SIGNATURE, signature);
    }
}
