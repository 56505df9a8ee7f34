package dev.inkstream.record;

/// A role's state was written by another build, in a format that this one cannot read, or is damaged.
public final class StateFormatException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// @param message one sentence, and one that says what to do
    public StateFormatException(String message) {
        super(message);
    }
}
