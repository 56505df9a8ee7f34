package dev.inkstream.app.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.inkstream.trainer.LabeledExamples;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ReadAheadTest {
    private static final FakeExampleLog LOG = FakeExampleLog.of(10_000);

    @Test
    void givesTheSameInTheSameOrder() {
        List<Long> offsets = new ArrayList<>();

        new ReadAhead(LOG).read(5, 9_000, example -> {
            assertThat(example.image()).isEqualTo(LOG.examples().get(example.offset()));
            offsets.add(example.offset());
        });

        assertThat(offsets)
                .containsExactlyElementsOf(LOG.examples().subMap(5L, 9_000L).keySet());
    }

    @Test
    void aFailureOfEitherSideIsTheCallers() {
        ReadAhead ahead = new ReadAhead(new Broken());
        List<Long> offsets = new ArrayList<>();
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> ahead.read(0, 10, example -> offsets.add(example.offset())))
                .withMessage("broken");
        assertThat(offsets).as("what was read before, if the batch was sent").isEmpty();

        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> new ReadAhead(LOG).read(0, 9_000, example -> {
                    throw new IllegalArgumentException("full");
                }))
                .withMessage("full");
    }

    /// Gives two examples, then fails.
    private static final class Broken implements ExampleLog {
        @Override
        public String topic() {
            return LOG.topic();
        }

        @Override
        public long first() {
            return 0;
        }

        @Override
        public long end() {
            return 10;
        }

        @Override
        public void read(long from, long to, LabeledExamples.Sink sink) {
            LOG.read(0, 2, sink);
            throw new IllegalStateException("broken");
        }
    }
}
