package dev.inkstream.stream.runtime;

/// A topic is missing, or not as it must be.
public final class TopicsNotReadyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean missing;

    /// @param message one sentence that names the topic
    /// @param missing whether a topic is missing, which may be created yet
    public TopicsNotReadyException(String message, boolean missing) {
        super(message);
        this.missing = missing;
    }

    /// Whether a topic is missing, which may be created yet.
    public boolean isMissing() {
        return missing;
    }
}
