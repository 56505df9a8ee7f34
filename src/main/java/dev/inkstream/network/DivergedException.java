package dev.inkstream.network;

/// Learning has diverged: a parameter is no longer finite, and no later example can repair it.
public final class DivergedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DivergedException() {
        super("learning has diverged: a parameter is no longer finite; start a new model with another seed, or with"
                + " layers of other sizes");
    }
}
