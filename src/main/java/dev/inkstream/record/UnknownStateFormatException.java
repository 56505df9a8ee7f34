package dev.inkstream.record;

/// A role's state was written by another build, in a format that this one cannot read, or is damaged.
public final class UnknownStateFormatException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnknownStateFormatException(String message) {
        super(message);
    }
}
