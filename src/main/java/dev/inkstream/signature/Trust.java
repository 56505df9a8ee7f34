package dev.inkstream.signature;

import dev.inkstream.record.InvalidRecordException;
import dev.inkstream.record.RejectReason;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/// Whose records are accepted: those of anyone, or those with a signature by one of some keys. Immutable, thread-safe.
///
/// @param keys whose signatures are accepted; empty: a record needs none
/// @param scope what the signatures must be valid for
/// @param onlyKeys record keys that need a signature, while others need none; empty: all do
public record Trust(List<TrustedKey> keys, String scope, Set<String> onlyKeys) {
    /// The most keys: an old and a new one of each of a few writers.
    public static final int MAX_KEYS = 16;

    /// Accepts every record.
    public static final Trust ANYONE = new Trust(List.of(), "", Set.of());

    private static final int KEY_ID_BYTES = 2 * KeyId.BYTES;

    public Trust {
        if (keys.size() > MAX_KEYS) {
            throw new IllegalArgumentException("trusted keys is " + keys.size() + "; it must be at most " + MAX_KEYS);
        }
        keys = List.copyOf(keys);
        onlyKeys = Set.copyOf(onlyKeys);
    }

    /// Accepts only what one of these keys has signed; with no keys, every record.
    public static Trust of(List<TrustedKey> keys, String scope) {
        return keys.isEmpty() ? ANYONE : new Trust(keys, scope, Set.of());
    }

    /// The same for records with these keys alone: those of other models are others' to check.
    public Trust only(Set<String> recordKeys) {
        return new Trust(keys, scope, recordKeys);
    }

    /// Whether a record needs a signature.
    public boolean isRequired() {
        return !keys.isEmpty();
    }

    /// Checks the signature of a record.
    ///
    /// @param value null for a tombstone
    /// @throws InvalidRecordException if there is none, or it is of no key that is trusted, or not of this record
    public void check(String topic, Headers headers, byte @Nullable [] key, byte @Nullable [] value) {
        if (!isRequired() || !concerns(key)) {
            return;
        }
        byte[] signature = header(headers, Signer.SIGNATURE)
                .orElseThrow(() -> new InvalidRecordException(
                        RejectReason.UNSIGNED,
                        "record has no signature; its writer must sign with a key that is trusted here (" + ids()
                                + ")"));
        String signedBy = signedBy(headers);
        TrustedKey trusted = keys.stream()
                .filter(each -> each.id().hex().equals(signedBy))
                .findFirst()
                .orElseThrow(() -> new InvalidRecordException(
                        RejectReason.UNTRUSTED_KEY,
                        "record is signed with key " + signedBy + ", which is not trusted here (" + ids()
                                + "); if its writer has a new key, trust that too"));
        if (!trusted.verifies(SignedMessage.of(scope, topic, headers, key, value), signature)) {
            throw new InvalidRecordException(
                    RejectReason.BAD_SIGNATURE,
                    "signature by key " + signedBy + " is not of this record on " + topic + " in scope " + scope
                            + "; the record was changed or copied from elsewhere");
        }
    }

    private boolean concerns(byte @Nullable [] key) {
        return onlyKeys.isEmpty() || (key != null && onlyKeys.contains(new String(key, StandardCharsets.UTF_8)));
    }

    /// The ids of the keys.
    public String ids() {
        return String.join(" or ", keys.stream().map(each -> each.id().hex()).toList());
    }

    /// What anyone may write is not repeated unless it has the form of an id.
    private static String signedBy(Headers headers) {
        return header(headers, Signer.KEY_ID)
                .filter(id -> id.length == KEY_ID_BYTES)
                .map(id -> new String(id, StandardCharsets.US_ASCII))
                .filter(id -> id.matches("[0-9a-f]+"))
                .orElse("without an id");
    }

    private static Optional<byte[]> header(Headers headers, String name) {
        return Optional.ofNullable(headers.lastHeader(name)).map(Header::value);
    }
}
