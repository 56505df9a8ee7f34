package dev.inkstream.stream.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProfileTest {
    @Test
    void saysHowOftenAndForWhat() {
        assertThat(Profile.USUAL.text()).isEqualTo("exactly once, tuned for throughput");
        assertThat(new Profile(Tuning.LATENCY, Guarantee.AT_LEAST_ONCE).text())
                .isEqualTo("at least once, tuned for latency");
    }
}
