package dev.inkstream.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Ed25519Test {
    /// RFC 8032, 7.1, tests 1 to 3: the public key is computed, and the signature is the one of the RFC.
    @ParameterizedTest
    @CsvSource({
        Pems.SEED_1 + ", d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a, ''"
                + ", e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb, 3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c, 72"
                + ", 92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7, fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025, af82"
                + ", 6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
    })
    void isTheOneOfTheRfc(String seed, String publicKey, String message, String signature) {
        SigningKey key = SigningKey.parse(Pems.ofSeed(seed));
        byte[] bytes = HexFormat.of().parseHex(message);
        assertThat(HexFormat.of().formatHex(key.publicKey().key().getEncoded())).endsWith(publicKey);
        assertThat(HexFormat.of().formatHex(key.sign(bytes))).isEqualTo(signature);
        assertThat(key.publicKey().verifies(bytes, HexFormat.of().parseHex(signature)))
                .isTrue();
        assertThat(key.publicKey().verifies(new byte[] {1}, HexFormat.of().parseHex(signature)))
                .isFalse();
    }

    @Test
    void aSignatureOfAnotherLengthIsNone() {
        SigningKey key = Pems.signing(1);
        byte[] signature = key.sign(new byte[0]);
        for (int length : new int[] {0, 1, 63, 65, 1_000_000}) {
            assertThat(key.publicKey().verifies(new byte[0], java.util.Arrays.copyOf(signature, length)))
                    .as("%d bytes", length)
                    .isFalse();
        }
    }

    @Test
    void aKeyNamesItselfAndNotItsBytes() {
        SigningKey key = SigningKey.parse(Pems.ofSeed(Pems.SEED_1));
        // openssl pkey -pubout -outform DER | sha256sum | cut -c1-16
        assertThat(key).hasToString("SigningKey[06e3fd8fda29bb60]");
        assertThat(key.publicKey()).hasToString("TrustedKey[06e3fd8fda29bb60]");
        assertThat(Pem.parse(Pems.privateKey(1))).hasToString("Pem[PRIVATE KEY]");
        assertThat(new Signer(key, "c")).hasToString("Signer[key=SigningKey[06e3fd8fda29bb60], scope=c]");
    }

    @Test
    void readsWhatOpensslWrites() {
        SigningKey key = SigningKey.parse("""
                -----BEGIN PRIVATE KEY-----
                MC4CAQAwBQYDK2VwBCIEIJB1fL2uYQagf1NrmS3LX6A8t82eYokrrm+YJ44O8+1e
                -----END PRIVATE KEY-----
                """);
        TrustedKey trusted = TrustedKey.parse("""
                a comment
                -----BEGIN PUBLIC KEY-----
                MCowBQYDK2VwAyEAVLuAufh5Ub43LTSuNAz+AJp0CnQrjhhSUfqIbDi9/2E=
                -----END PUBLIC KEY-----
                """);
        assertThat(key.publicKey()).isEqualTo(trusted);
        assertThat(TrustedKey.parse(Pems.publicKey(3)))
                .isEqualTo(Pems.signing(3).publicKey());
    }

    @Test
    void saysWhatAFileHasInstead() {
        assertNoPrivateKey("", "it has no PEM block");
        assertNoPrivateKey("MC4CAQAwBQYDK2VwBCIEIJB1fL2uYQagf1", "it has no PEM block");
        assertNoPrivateKey(Pems.privateKey(1) + Pems.privateKey(2), "it has more than one PEM block");
        assertNoPrivateKey(Pems.publicKey(1), "it has a public key");
        assertNoPrivateKey(Pems.block("ENCRYPTED PRIVATE KEY", "00"), "its key is encrypted");
        assertNoPrivateKey(Pems.block("CERTIFICATE", "00"), "it has a block of another kind");
        assertNoPrivateKey(Pems.block("PRIVATE KEY", "0011"), "it has a key of another kind");
        // X25519, which is for key agreement.
        assertNoPrivateKey(
                Pems.block("PRIVATE KEY", "302e020100300506032b656e04220420" + "07".repeat(32)),
                "it has a key of another kind");
        assertNoPublicKey("no key", "it has no PEM block");
        assertNoPublicKey(Pems.privateKey(1), "it has a private key, which only its owner may have");
        assertNoPublicKey(Pems.block("CERTIFICATE", "00"), "it has a block of another kind");
        assertNoPublicKey(Pems.block("PUBLIC KEY", "0011"), "it has a key of another kind");
    }

    private static void assertNoPrivateKey(String text, String why) {
        assertThatExceptionOfType(InvalidKeyTextException.class)
                .isThrownBy(() -> SigningKey.parse(text))
                .withMessage(why)
                .withNoCause();
    }

    private static void assertNoPublicKey(String text, String why) {
        assertThatExceptionOfType(InvalidKeyTextException.class)
                .isThrownBy(() -> TrustedKey.parse(text))
                .withMessage(why)
                .withNoCause();
    }
}
