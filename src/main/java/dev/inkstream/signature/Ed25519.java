package dev.inkstream.signature;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;

/// The JDK's Ed25519 (RFC 8032). Stateless.
final class Ed25519 {
    /// Bytes of a signature.
    static final int SIGNATURE_BYTES = 64;

    private static final String NAME = "Ed25519";

    private Ed25519() {}

    /// @throws InvalidKeySpecException if it is no such key
    static PrivateKey privateKey(byte[] pkcs8) throws InvalidKeySpecException {
        return factory().generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    }

    /// @throws InvalidKeySpecException if it is no such key
    static PublicKey publicKey(byte[] x509) throws InvalidKeySpecException {
        return factory().generatePublic(new X509EncodedKeySpec(x509));
    }

    /// The public key of a private one. The JDK computes it only for a new pair, so this generates a pair whose random
    /// bytes are those of the key.
    ///
    /// @throws InvalidKeySpecException if they do not belong together, as with another provider's key
    static PublicKey publicKey(PrivateKey key) throws InvalidKeySpecException {
        try {
            byte[] seed = ((EdECPrivateKey) key).getBytes().orElseThrow();
            KeyPairGenerator pairs = KeyPairGenerator.getInstance(NAME);
            pairs.initialize(255, new Fixed(seed));
            PublicKey found = pairs.generateKeyPair().getPublic();
            if (!verify(found, seed, sign(key, seed))) {
                throw new InvalidKeySpecException("the public key cannot be computed");
            }
            return found;
        } catch (InvalidKeySpecException e) {
            throw e;
        } catch (GeneralSecurityException e) {
            throw missing(e);
        }
    }

    static byte[] sign(PrivateKey key, byte[] message) {
        try {
            Signature signature = Signature.getInstance(NAME);
            signature.initSign(key);
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw missing(e);
        }
    }

    static boolean verify(PublicKey key, byte[] message, byte[] signed) {
        try {
            Signature signature = Signature.getInstance(NAME);
            signature.initVerify(key);
            signature.update(message);
            return signature.verify(signed);
        } catch (SignatureException | InvalidKeyException e) {
            // Not 64 bytes, or no point of the curve.
            return false;
        } catch (GeneralSecurityException e) {
            throw missing(e);
        }
    }

    private static KeyFactory factory() {
        try {
            return KeyFactory.getInstance(NAME);
        } catch (GeneralSecurityException e) {
            throw missing(e);
        }
    }

    private static IllegalStateException missing(GeneralSecurityException e) {
        return new IllegalStateException("this Java platform has no working Ed25519", e);
    }

    /// Gives the bytes of a key in place of random ones.
    private static final class Fixed extends SecureRandom {
        private static final long serialVersionUID = 1L;
        private final byte[] bytes;

        Fixed(byte[] bytes) {
            super(null, null);
            this.bytes = bytes;
        }

        @Override
        public void nextBytes(byte[] into) {
            System.arraycopy(bytes, 0, into, 0, into.length);
        }
    }
}
