package dev.inkstream.record;

/// The registry has a schema of the id, but none that a record can be read with.
final class UnreadableSchemaException extends Exception {
    private static final long serialVersionUID = 1L;

    /// @param message continues a sentence that starts with the schema's id
    UnreadableSchemaException(String message) {
        super(message, null, false, false);
    }
}
