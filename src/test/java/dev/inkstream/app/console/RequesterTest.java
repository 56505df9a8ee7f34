package dev.inkstream.app.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RequesterTest {
    @Test
    void aRequesterIsPrintableAndShort() {
        assertThat(Requester.of("ann", "host")).isEqualTo("ann@host");
        assertThat(Requester.of("a\n", "h".repeat(500))).startsWith("a\ufffd@h").hasSize(200);
        assertThat(Requester.ofProcess()).startsWith(System.getProperty("user.name") + "@");
    }
}
