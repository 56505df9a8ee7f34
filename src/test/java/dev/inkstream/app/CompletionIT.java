package dev.inkstream.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `completion` prints, as a shell reads it.
class CompletionIT {
    @Test
    void theCompletionScriptIsGoodBash(@TempDir Path directory) throws Exception {
        Run run = Run.of("completion");
        Path script = Files.writeString(directory.resolve("completion.bash"), run.out());
        Process bash = new ProcessBuilder("bash", "-c", "source '" + script + "' && complete -p inkstream")
                .redirectErrorStream(true)
                .start();
        String printed = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(run.status()).isZero();
        assertThat(run.out()).contains("broker", "--data");
        assertThat(bash.waitFor()).as(printed).isZero();
        assertThat(printed).contains("_complete_inkstream");
    }
}
