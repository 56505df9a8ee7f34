package dev.inkstream.signature;

import dev.inkstream.record.Sha256;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/// The bytes of which a signature is made. Six fields, each with its length before it as a big-endian int32, or -1 if
/// there is none: [#DOMAIN], scope, topic, key, the last header [Signer#DECISION], and the SHA-256 of the value.
///
/// The lengths keep two records from having the same bytes. Domain, scope and topic keep a signature from being valid
/// for another purpose, another cluster or another topic.
final class SignedMessage {
    /// Names this layout: another one has another name.
    static final String DOMAIN = "inkstream.signature.v1";

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);

    private SignedMessage() {}

    /// @param scope what the signature is valid for: the id of the cluster, or another name
    static byte[] of(String scope, String topic, Headers headers, byte @Nullable [] key, byte @Nullable [] value) {
        Header decision = headers.lastHeader(Signer.DECISION);
        return new SignedMessage()
                .field(text(DOMAIN))
                .field(text(scope))
                .field(text(topic))
                .field(key)
                .field(decision == null ? null : decision.value())
                .field(value == null ? null : Sha256.of(value).bytes())
                .bytes
                .toByteArray();
    }

    private SignedMessage field(byte @Nullable [] field) {
        bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES)
                .putInt(field == null ? -1 : field.length)
                .array());
        if (field != null) {
            bytes.writeBytes(field);
        }
        return this;
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
