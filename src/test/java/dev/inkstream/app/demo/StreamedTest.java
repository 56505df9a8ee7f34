package dev.inkstream.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkstream.dataset.DrawnDigits;
import dev.inkstream.dataset.Drift;
import dev.inkstream.dataset.Images;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StreamedTest {
    private static final Images BEFORE = DrawnDigits.images(1, 0, 10);
    private static final Images AFTER = Drift.PERMUTE_LABELS.apply(BEFORE);

    @Test
    void aLabelIsThatOfItsImageWheneverTheChangeCame() {
        Streamed streamed = new Streamed(BEFORE, Optional.of(Drift.PERMUTE_LABELS), Duration.ZERO, () -> 0);
        assertThat(streamed.image(24)).isEqualTo(BEFORE);
        streamed.change();
        assertThat(streamed.image(25)).isEqualTo(AFTER);
        assertThat(streamed.label(24)).isEqualTo(BEFORE);
        assertThat(streamed.label(25)).isEqualTo(AFTER);
        assertThat(streamed.inPass(1)).contains(BEFORE);
        assertThat(streamed.inPass(2)).isEmpty();
        assertThat(streamed.inPass(3)).contains(AFTER);
    }

    @Test
    void withoutAChangeAllStaysAsItIs() {
        Streamed streamed = new Streamed(BEFORE, Optional.empty(), Duration.ZERO, () -> 0);
        assertThat(streamed.image(1_000)).isSameAs(BEFORE);
        assertThat(streamed.inPass(100)).contains(BEFORE);
        assertThat(streamed.labelsAfterChange()).isZero();
    }

    @Test
    void aLabelIsDueAfterItsTime() {
        AtomicLong now = new AtomicLong();
        Streamed streamed = new Streamed(BEFORE, Optional.empty(), Duration.ofNanos(20), now::get);
        streamed.sent(3);
        assertThat(streamed.labelIsDue(0)).isFalse();
        now.set(19);
        assertThat(streamed.labelIsDue(0)).isFalse();
        now.set(20);
        assertThat(streamed.labelIsDue(2)).isTrue();
        assertThat(streamed.labelIsDue(3)).isFalse();
    }
}
