package dev.inkstream.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class CausesTest {
    private final IOException deepest = new IOException("deepest");
    private final IllegalStateException middle = new IllegalStateException("middle", deepest);
    private final ExecutionException outer = new ExecutionException(middle);

    @Test
    void areTheFailureAndWhatIsBehindIt() {
        assertThat(Causes.of(outer)).containsExactly(outer, middle, deepest);
        assertThat(Causes.include(IOException.class, outer)).isTrue();
        assertThat(Causes.include(ExecutionException.class, outer)).isTrue();
        assertThat(Causes.include(InterruptedException.class, outer)).isFalse();
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
        assertThat(Causes.unwrapped(outer)).isSameAs(middle);
        assertThat(Causes.unwrapped(new ExecutionException(deepest)))
                .isInstanceOf(CompletionException.class)
                .hasCause(deepest);
    }
}
