package dev.inkstream.record;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/// Says that a record is refused, why, and in which words.
final class Invalid {
    private Invalid() {}

    static void assertInvalid(Defect defect, String message, ThrowingCallable call) {
        assertThatExceptionOfType(InvalidRecordException.class)
                .isThrownBy(call)
                .withMessage(message)
                .extracting(InvalidRecordException::defect)
                .isEqualTo(defect);
    }
}
