package dev.inkstream.signature;

/// A text that is not the key that is needed. The message says what the text has instead, and nothing of a key itself.
public final class InvalidKeyTextException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// @param message the end of a sentence, such as `it has no PEM block`
    InvalidKeyTextException(String message) {
        super(message, null, false, false);
    }
}
