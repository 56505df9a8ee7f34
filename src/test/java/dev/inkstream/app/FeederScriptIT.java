package dev.inkstream.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Which images `docker/inkstream-feed` takes: it runs with an `inkstream` that prints where it would look, and fails.
class FeederScriptIT {
    @TempDir
    private Path directory;

    private Path data;

    @BeforeEach
    void fakeInkstream() throws IOException {
        data = Files.createDirectories(directory.resolve("data"));
        Path fake = directory.resolve("inkstream");
        Files.writeString(fake, """
                #!/bin/sh
                echo "data=$INKSTREAM_DATA cache=$XDG_CACHE_HOME $*"
                exit 1
                """);
        Files.setPosixFilePermissions(fake, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void downloadsIntoAnEmptyVolume() throws Exception {
        assertThat(feed(Map.of())).startsWith("data= cache=" + data + " feed holdout --polarity auto ");

        Files.createDirectories(data.resolve("inkstream/mnist"));
        assertThat(feed(Map.of())).startsWith("data= cache=" + data + " ");
    }

    @Test
    void downloadsNothingIntoADirectoryOfTheUsers() throws Exception {
        assertThat(feed(Map.of("INKSTREAM_DATA_FROM", "./mine"))).startsWith("data=" + data + " cache= ");
    }

    @Test
    void readsWhateverIsThere() throws Exception {
        Files.createDirectories(data.resolve("training/0"));
        assertThat(feed(Map.of("INKSTREAM_POLARITY", "dark-on-light")))
                .startsWith("data=" + data + " cache= feed holdout --polarity dark-on-light ");
    }

    @Test
    void readsTheLayoutOfTorchvision() throws Exception {
        Files.createDirectories(data.resolve("MNIST/raw"));
        assertThat(feed(Map.of())).startsWith("data=" + data + " cache= ");
    }

    /// So that the program says that it cannot be read, and draws nothing.
    @Test
    void looksWhereItCannotLook() throws Exception {
        data = directory.resolve("gone");
        assertThat(feed(Map.of())).startsWith("data=" + data + " cache= ");
    }

    private String feed(Map<String, String> variables) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("bash", "docker/inkstream-feed").redirectErrorStream(true);
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("INKSTREAM_") || name.equals("XDG_CACHE_HOME"));
        environment.put("PATH", directory + ":" + environment.get("PATH"));
        environment.put("INKSTREAM_DATA_DIR", data.toString());
        environment.putAll(variables);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isEqualTo(1);
        return output;
    }
}
