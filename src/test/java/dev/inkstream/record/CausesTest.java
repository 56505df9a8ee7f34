package dev.inkstream.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class CausesTest {
    private static final IOException DEEPEST = new IOException("deepest");
    private static final IllegalStateException MIDDLE = new IllegalStateException("middle", DEEPEST);
    private static final ExecutionException OUTER = new ExecutionException(MIDDLE);

    @Test
    void areTheFailureAndWhatIsBehindIt() {
        assertThat(Causes.of(OUTER)).containsExactly(OUTER, MIDDLE, DEEPEST);
        assertThat(Causes.include(IOException.class, OUTER)).isTrue();
        assertThat(Causes.include(ExecutionException.class, OUTER)).isTrue();
        assertThat(Causes.include(InterruptedException.class, OUTER)).isFalse();
    }

    @Test
    void aRingOfThemEnds() {
        RuntimeException first = new RuntimeException("first");
        RuntimeException second = new RuntimeException("second", first);
        first.initCause(second);

        assertThat(Causes.of(first)).hasSize(20);
    }

    @Test
    void whatAFutureFailedWithIsThrownAsItIs() {
        assertThat(Causes.unwrapped(OUTER)).isSameAs(MIDDLE);
        assertThat(Causes.unwrapped(new ExecutionException(DEEPEST)))
                .isInstanceOf(CompletionException.class)
                .hasCause(DEEPEST);
    }
}
