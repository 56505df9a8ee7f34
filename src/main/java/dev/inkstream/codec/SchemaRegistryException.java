package dev.inkstream.codec;

import org.jspecify.annotations.Nullable;

/// The schema registry did not answer, or refused. That says nothing about a record.
public final class SchemaRegistryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// @param message one sentence: which registry, what it did, what to do
    public SchemaRegistryException(String message) {
        this(message, null);
    }

    /// @param message one sentence: which registry, what it did, what to do
    public SchemaRegistryException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
