package dev.inkstream.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeLibrariesTest {
    private final Properties properties = new Properties();

    @Test
    void takesADirectoryOfItsOwnAndRemovesItAtTheEnd(@TempDir Path temp) throws Exception {
        // Somebody else made the directory that an earlier version would have taken.
        Path others = Files.createDirectory(
                temp.resolve("inkstream-native-" + ProcessHandle.current().pid()));
        properties.setProperty("java.io.tmpdir", temp.toString());

        NativeLibraries libraries = NativeLibraries.choose(properties, Map.of());

        Path own = libraries.directory().orElseThrow().path();
        assertThat(properties)
                .containsEntry(NativeLibraries.ZSTD, own.toString())
                .containsEntry(NativeLibraries.SNAPPY, own.toString());
        assertThat(own)
                .hasParent(temp)
                .isNotEqualTo(others)
                .matches(path -> path.getFileName().toString().startsWith(NativeLibraries.PREFIX));
        assertThat(Files.getPosixFilePermissions(own)).isEqualTo(PosixFilePermissions.fromString("rwx------"));
        libraries.close();
        assertThat(temp).isDirectoryContaining(others::equals);
        assertThat(own).doesNotExist();
    }

    @Test
    void triesTheNextPlaceIfOneCannotBeUsed(@TempDir Path temp) {
        properties.setProperty("java.io.tmpdir", temp.resolve("missing").toString());
        // As Java sees an umlaut in the C locale: no path at all.
        Map<String, String> env = Map.of("XDG_RUNTIME_DIR", "/home/j\0rgen", "XDG_CACHE_HOME", temp.toString());

        try (NativeLibraries _ = NativeLibraries.choose(properties, env)) {
            assertThat(properties.getProperty(NativeLibraries.ZSTD)).startsWith(temp.toString());
        }
    }

    @Test
    void leavesWhatSomebodyHasSet() {
        properties.setProperty(NativeLibraries.ZSTD, "/one");
        properties.setProperty(NativeLibraries.SNAPPY, "/two");

        try (NativeLibraries libraries = NativeLibraries.choose(properties, Map.of())) {
            assertThat(libraries.directory()).isEmpty();
        }

        assertThat(properties)
                .hasSize(2)
                .containsEntry(NativeLibraries.ZSTD, "/one")
                .containsEntry(NativeLibraries.SNAPPY, "/two");
    }
}
