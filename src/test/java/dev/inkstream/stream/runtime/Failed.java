package dev.inkstream.stream.runtime;

/// Makes the failure that a stopped runner has, for tests outside of this package.
public final class Failed {
    private Failed() {}

    public static StreamsFailedException of(Throwable cause) {
        return new StreamsFailedException(cause);
    }
}
