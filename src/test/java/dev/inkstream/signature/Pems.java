package dev.inkstream.signature;

import java.util.Base64;
import java.util.HexFormat;

/// Keys for tests, in PEM.
public final class Pems {
    /// The first test vector of RFC 8032, 7.1.
    static final String SEED_1 = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";

    private static final String PKCS8 = "302e020100300506032b657004220420";

    private Pems() {}

    /// The n-th of some private keys.
    public static SigningKey signing(int n) {
        return SigningKey.parse(privateKey(n));
    }

    public static String privateKey(int n) {
        return block("PRIVATE KEY", PKCS8 + "%02x".formatted(n).repeat(32));
    }

    public static String publicKey(int n) {
        return block(
                "PUBLIC KEY",
                HexFormat.of().formatHex(signing(n).publicKey().key().getEncoded()));
    }

    static String ofSeed(String hex) {
        return block("PRIVATE KEY", PKCS8 + hex);
    }

    static String block(String label, String hex) {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(HexFormat.of().parseHex(hex));
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(label, base64, label);
    }
}
