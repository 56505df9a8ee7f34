package dev.inkstream.codec;

import java.time.Duration;

/// The registry has a schema of the id, but none that a record can be read with.
final class UnreadableSchemaException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Duration doubted;

    private UnreadableSchemaException(Duration doubted, String message) {
        super(message, null, false, false);
        this.doubted = doubted;
    }

    /// Of a schema that no other answer of the registry makes readable.
    ///
    /// @param message continues a sentence that starts with the schema's id
    static UnreadableSchemaException forGood(String message) {
        return new UnreadableSchemaException(UnknownIds.UNKNOWN_FOR, message);
    }

    /// Of a schema that refers to one that the registry does not have.
    ///
    /// @param doubted for how long the registry was asked for that
    /// @param message continues a sentence that starts with the schema's id
    static UnreadableSchemaException after(Duration doubted, String message) {
        return new UnreadableSchemaException(doubted, message);
    }

    /// For how long the answer was doubted. As long as it takes to believe it, if it needs no doubt.
    Duration doubted() {
        return doubted;
    }
}
