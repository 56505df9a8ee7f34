package dev.inkstream.network;

/// A parameter is no longer finite, and no later example can repair it.
public final class DivergedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DivergedException() {
        super("a parameter is no longer finite, and no later example can repair it");
    }
}
