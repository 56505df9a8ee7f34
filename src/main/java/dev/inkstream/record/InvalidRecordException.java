package dev.inkstream.record;

/// A record that cannot be what it should be. It is data about one input, not a bug: it carries no stack trace,
/// and the reading role counts it and writes a dead letter.
public final class InvalidRecordException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final RejectReason reason;

    /// @param message one sentence: what is wrong, with the value and the range
    public InvalidRecordException(RejectReason reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    /// Why the record was rejected.
    public RejectReason reason() {
        return reason;
    }
}
