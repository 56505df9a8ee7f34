package dev.inkstream.app.letters;

import dev.inkstream.record.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/// Identifies a rejected record: where it is, and what is in it. A record that is rejected a second
/// time, since an application read its topic again, is the same; one that has the offset of a record of a deleted
/// topic is not. Immutable.
///
/// @param content SHA-256 of key and value, as the dead letter has them
record Identity(Origin origin, Sha256 content) {
    private static final byte[] NULL = {0};
    private static final byte[] PRESENT = {1};

    static Identity of(DeadLetter letter) {
        MessageDigest digest = Sha256.newDigest();
        add(digest, letter.content().key());
        add(digest, letter.content().value());
        return new Identity(letter.origin(), Sha256.fromDigest(digest.digest()));
    }

    /// 64 bits of it, for sets of many.
    long hash() {
        return hash("");
    }

    /// 64 bits of it and an application.
    long hash(String application) {
        MessageDigest digest = Sha256.newDigest();
        add(digest, origin.toString().getBytes(StandardCharsets.UTF_8));
        add(digest, content.bytes());
        add(digest, application.getBytes(StandardCharsets.UTF_8));
        return ByteBuffer.wrap(digest.digest()).getLong();
    }

    private static void add(MessageDigest digest, byte @Nullable [] part) {
        if (part == null) {
            digest.update(NULL);
            return;
        }
        digest.update(PRESENT);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(part.length).array());
        digest.update(part);
    }
}
