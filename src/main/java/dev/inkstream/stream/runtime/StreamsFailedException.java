package dev.inkstream.stream.runtime;

/// A Kafka Streams client stopped because of a failure; the cause says which.
public final class StreamsFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StreamsFailedException(Throwable cause) {
        super(cause);
    }
}
