package dev.inkstream.app.console;

import org.jspecify.annotations.Nullable;

/// A command line that cannot be obeyed as written: a wrong option value, an unreadable options file.
public final class UsageException extends UserException {
    private static final long serialVersionUID = 1L;

    public UsageException(String message) {
        this(message, null);
    }

    public UsageException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    @Override
    public int exitCode() {
        return 2;
    }
}
