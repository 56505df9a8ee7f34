package dev.inkstream.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LastWordsTest {
    @Test
    void ofACommandItIsTheSentenceThatItPrints() {
        assertThat(LastWords.of("a line\ninkstream: port 9092 is in use.\n")).isEqualTo("port 9092 is in use");
    }

    @Test
    void ofARoleItIsTheSentenceThatItLogsBeforeAStackTrace() {
        String log = """
                2026-11-27T10:00:00.000Z INFO  d.i.a.r.RoleLauncher - metrics are on http://127.0.0.1:9401/metrics
                2026-11-27T10:00:01.000Z ERROR d.i.a.Failures - no topic inkstream.images
                java.lang.IllegalStateException: no topic
                \tat dev.inkstream.app.Main.run(Main.java:1)
                """;

        assertThat(LastWords.of(log)).isEqualTo("no topic inkstream.images");
    }

    @Test
    void theLastSentenceCounts() {
        assertThat(LastWords.of("inkstream: first\ninkstream: second\n")).isEqualTo("second");
    }

    @Test
    void withoutASentenceItIsTheLastLineThatIsNoFrame() {
        String printed =
                "Error occurred during initialization of VM\nCould not reserve enough space\n\tat x.Y(Z.java)\n\n";

        assertThat(LastWords.of(printed)).isEqualTo("Could not reserve enough space");
    }

    @Test
    void nothingIsSaidToBeNothing() {
        assertThat(LastWords.of(" \n")).isEqualTo("it printed nothing");
    }
}
