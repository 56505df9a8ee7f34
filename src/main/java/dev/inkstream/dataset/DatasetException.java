package dev.inkstream.dataset;

/// The data a person asked for cannot be used. The message is one sentence: what is wrong, in which file or
/// directory, and what to do about it.
public final class DatasetException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DatasetException(String message) {
        super(message);
    }

    DatasetException(String message, Throwable cause) {
        super(message, cause);
    }
}
