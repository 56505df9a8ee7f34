package dev.inkstream.stream;

/// A topic is missing, or not as it must be.
public final class TopicsNotReadyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// @param message one sentence that names the topic
    public TopicsNotReadyException(String message) {
        super(message);
    }
}
