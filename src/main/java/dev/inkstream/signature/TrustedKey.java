package dev.inkstream.signature;

import java.security.PublicKey;
import java.security.spec.InvalidKeySpecException;

/// A public key whose signatures are accepted. Immutable, thread-safe.
///
/// @param id as in the header [Signer#KEY_ID]
public record TrustedKey(KeyId id, PublicKey key) {
    static TrustedKey of(PublicKey key) {
        return new TrustedKey(KeyId.of(key), key);
    }

    /// Reads a key as `openssl pkey -pubout` writes it: X.509 SubjectPublicKeyInfo in PEM.
    ///
    /// @throws InvalidKeyTextException if it is none
    public static TrustedKey parse(String text) {
        Pem pem = Pem.parse(text);
        if (pem.label().endsWith("PRIVATE KEY")) {
            throw new InvalidKeyTextException("it has a private key, which only its owner may have");
        }
        if (!pem.label().equals("PUBLIC KEY")) {
            throw new InvalidKeyTextException("it has a block of another kind");
        }
        try {
            return of(Ed25519.publicKey(pem.der()));
        } catch (InvalidKeySpecException e) {
            throw new InvalidKeyTextException("it has a key of another kind");
        }
    }

    boolean verifies(byte[] message, byte[] signature) {
        return signature.length == Ed25519.SIGNATURE_BYTES && Ed25519.verify(key, message, signature);
    }

    @Override
    public String toString() {
        return "TrustedKey[" + id + "]";
    }
}
