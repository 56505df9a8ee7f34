package dev.inkstream.stream.intake;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PollBudgetTest {
    private final PollBudget budget = new PollBudget();
    private final Headers first = new RecordHeaders();
    private final Headers second = new RecordHeaders();

    @BeforeEach
    void poll() {
        budget.reset(100);
    }

    @Test
    void takesRecordsUntilTheBytesAreUsedUp() {
        budget.take(first, 60);
        assertThatCode(() -> budget.take(second, 40)).doesNotThrowAnyException();
        assertEnds(new RecordHeaders(), 1);
    }

    @Test
    void takesTheFirstRecordWhateverItsSize() {
        budget.take(first, 60);
        assertThatCode(() -> budget.take(first, 1_000)).doesNotThrowAnyException();
        assertEnds(second, 0);
    }

    /// The same record is the first of the next poll.
    @Test
    void theNextPollTakesWhatTheLastOneRefused() {
        budget.take(first, 100);
        assertEnds(second, 1);

        budget.reset(0);

        assertThatCode(() -> budget.take(second, 1)).doesNotThrowAnyException();
        assertEnds(first, 1);
    }

    private void assertEnds(Headers headers, long bytes) {
        assertThatThrownBy(() -> budget.take(headers, bytes))
                .isInstanceOf(SerializationException.class)
                .hasMessage("this poll has returned enough");
    }
}
