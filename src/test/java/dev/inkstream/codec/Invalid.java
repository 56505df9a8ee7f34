package dev.inkstream.codec;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.inkstream.record.InvalidRecordException;
import dev.inkstream.record.RejectReason;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/// Says that a record is refused, why, and in which words.
public final class Invalid {
    private Invalid() {}

    public static void assertInvalid(RejectReason reason, String message, ThrowingCallable call) {
        assertThatExceptionOfType(InvalidRecordException.class)
                .isThrownBy(call)
                .withMessage(message)
                .extracting(InvalidRecordException::reason)
                .isEqualTo(reason);
    }
}
