package dev.inkstream.app.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkstream.app.console.Terminal;
import dev.inkstream.app.console.Terminal.Screen;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FeedProgressTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void aPersonSeesABarOnStderrThatGoesAwayAtTheEnd() {
        feed(new Screen(true, false, 60));

        assertThat(out.toString()).isEmpty();
        assertThat(err.toString())
                .contains("100%")
                .contains("200/200 images")
                .endsWith("\r" + " ".repeat(59) + "\r")
                .doesNotContain("\n");
    }

    @Test
    void aFileGetsNone() {
        feed(Screen.PLAIN);

        assertThat(err.toString()).isEmpty();
    }

    private void feed(Screen screen) {
        Terminal terminal = new Terminal(new PrintWriter(out), new PrintWriter(err), screen, Map.of());
        try (FeedProgress progress = FeedProgress.on(terminal, 200)) {
            progress.sent(200);
        }
    }
}
