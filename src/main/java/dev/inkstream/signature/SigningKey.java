package dev.inkstream.signature;

import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.InvalidKeySpecException;

/// A private key that signs records, and its public key. [#toString] names the key's id alone. Immutable, thread-safe.
public final class SigningKey {
    private final PrivateKey key;
    private final TrustedKey publicKey;

    private SigningKey(PrivateKey key, PublicKey publicKey) {
        this.key = key;
        this.publicKey = TrustedKey.of(publicKey);
    }

    /// Reads a key as `openssl genpkey -algorithm ed25519` writes it: PKCS #8 in PEM, without a password.
    ///
    /// @throws InvalidKeyTextException if it is none
    public static SigningKey parse(String text) {
        Pem pem = Pem.parse(text);
        switch (pem.label()) {
            case "PRIVATE KEY" -> {}
            case "PUBLIC KEY" -> throw new InvalidKeyTextException("it has a public key");
            case "ENCRYPTED PRIVATE KEY" -> throw new InvalidKeyTextException("its key is encrypted");
            default -> throw new InvalidKeyTextException("it has a block of another kind");
        }
        try {
            PrivateKey key = Ed25519.privateKey(pem.der());
            return new SigningKey(key, Ed25519.publicKey(key));
        } catch (InvalidKeySpecException e) {
            throw new InvalidKeyTextException("it has a key of another kind");
        }
    }

    /// What others need to check its signatures.
    public TrustedKey publicKey() {
        return publicKey;
    }

    byte[] sign(byte[] message) {
        return Ed25519.sign(key, message);
    }

    @Override
    public String toString() {
        return "SigningKey[" + publicKey.id() + "]";
    }
}
