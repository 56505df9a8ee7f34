package dev.inkstream.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeLibrariesTest {
    private final Properties properties = new Properties();

    @Test
    void takesADirectoryOfItsOwnAndRemovesWhatAKilledProcessLeft(@TempDir Path temp) throws Exception {
        Path left = Files.createDirectory(temp.resolve("inkstream-native-999999999"));
        Files.createFile(left.resolve("libzstd.so"));
        Path others = Files.createDirectory(temp.resolve("inkstream-native-notes"));
        properties.setProperty("java.io.tmpdir", temp.toString());

        NativeLibraries.choose(properties, Map.of());

        Path own = temp.resolve("inkstream-native-" + ProcessHandle.current().pid());
        assertThat(properties)
                .containsEntry(NativeLibraries.ZSTD, own.toString())
                .containsEntry(NativeLibraries.SNAPPY, own.toString());
        assertThat(temp).isDirectoryContaining(own::equals).isDirectoryContaining(others::equals);
        assertThat(left).doesNotExist();
    }

    @Test
    void triesTheNextPlaceIfOneCannotBeUsed(@TempDir Path temp) throws Exception {
        properties.setProperty("java.io.tmpdir", temp.resolve("missing").toString());

        NativeLibraries.choose(properties, Map.of("XDG_RUNTIME_DIR", temp.toString()));

        assertThat(properties.getProperty(NativeLibraries.ZSTD)).startsWith(temp.toString());
    }

    @Test
    void leavesWhatSomebodyHasSet() {
        properties.setProperty(NativeLibraries.ZSTD, "/one");
        properties.setProperty(NativeLibraries.SNAPPY, "/two");

        NativeLibraries.choose(properties, Map.of());

        assertThat(properties)
                .hasSize(2)
                .containsEntry(NativeLibraries.ZSTD, "/one")
                .containsEntry(NativeLibraries.SNAPPY, "/two");
    }
}
