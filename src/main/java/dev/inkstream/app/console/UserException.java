package dev.inkstream.app.console;

import org.jspecify.annotations.Nullable;

/// A failure the person at the console can do something about. Its message is one sentence, without a
/// capital and without a full stop, saying what failed, where, and what to do; it is printed as it is.
public class UserException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UserException(String message) {
        this(message, null);
    }

    public UserException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /// The exit status this failure ends the program with.
    public int exitCode() {
        return 1;
    }
}
