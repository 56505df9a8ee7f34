package dev.inkstream.record;

/// The schema registry did not answer, or refused. It says nothing about a record: records wait until it does.
public final class SchemaRegistryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// @param message one sentence: which registry, what it did, what to do
    public SchemaRegistryException(String message) {
        super(message);
    }

    /// @param message one sentence: which registry, what it did, what to do
    public SchemaRegistryException(String message, Throwable cause) {
        super(message, cause);
    }
}
