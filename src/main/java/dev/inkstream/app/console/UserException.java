package dev.inkstream.app.console;

import org.jspecify.annotations.Nullable;

/// A failure that the user can do something about. Its message is one sentence, which is printed as it is. It names
/// what failed, where, and what to do. It starts in lower case and has no full stop.
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
