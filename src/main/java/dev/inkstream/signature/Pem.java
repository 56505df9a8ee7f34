package dev.inkstream.signature;

import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One key in the text of RFC 7468. What surrounds the block is ignored, as OpenSSL does.
///
/// @param label between BEGIN and the dashes, such as `PUBLIC KEY`
/// @param der the bytes within
@SuppressWarnings("ArrayRecordComponent") // never compared
record Pem(String label, byte[] der) {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,40})-----([A-Za-z0-9+/=\\s]{1,4096})-----END \\1-----");

    /// @throws InvalidKeyTextException if there is no block, or more than one
    static Pem parse(String text) {
        Matcher block = BLOCK.matcher(text);
        if (!block.find()) {
            throw new InvalidKeyTextException("it has no PEM block");
        }
        Pem pem = new Pem(block.group(1), bytes(block.group(2)));
        if (block.find()) {
            throw new InvalidKeyTextException("it has more than one PEM block");
        }
        return pem;
    }

    private static byte[] bytes(String base64) {
        try {
            return Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new InvalidKeyTextException("its PEM block is not Base64");
        }
    }

    /// Names labels alone: the bytes may be secret.
    @Override
    public String toString() {
        return "Pem[" + label + "]";
    }
}
