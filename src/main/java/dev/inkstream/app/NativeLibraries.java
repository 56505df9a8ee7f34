package dev.inkstream.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/// Where the native libraries of zstd and snappy are unpacked: a directory of this process in the first place that
/// allows execution. By default both use the temporary directory, which a container often mounts without (`noexec`).
final class NativeLibraries {
    /// What zstd-jni and snappy-java read.
    static final String ZSTD = "ZstdTempFolder";

    static final String SNAPPY = "org.xerial.snappy.tempdir";

    private static final String PREFIX = "inkstream-native-";

    private NativeLibraries() {}

    /// Tells the libraries their directory, unless somebody has. If no place allows execution they are left alone, and
    /// [dev.inkstream.app.cluster.Codecs] says so before a role starts.
    ///
    /// @param properties of the system, to which those of the libraries are added
    static void choose(Properties properties, Map<String, String> env) {
        if (properties.containsKey(ZSTD) && properties.containsKey(SNAPPY)) {
            return;
        }
        directory(places(properties, env)).ifPresent(directory -> {
            properties.putIfAbsent(ZSTD, directory.toString());
            properties.putIfAbsent(SNAPPY, directory.toString());
        });
    }

    /// In the order in which they are tried.
    private static List<Path> places(Properties properties, Map<String, String> env) {
        return Stream.of(
                        properties.getProperty("java.io.tmpdir"),
                        env.get("XDG_RUNTIME_DIR"),
                        env.get("XDG_CACHE_HOME"),
                        env.get("HOME") == null ? null : env.get("HOME") + "/.cache",
                        "/var/tmp",
                        "/dev/shm")
                .filter(Objects::nonNull)
                .map(Path::of)
                .filter(Files::isDirectory)
                .toList();
    }

    private static Optional<Path> directory(List<Path> places) {
        return places.stream()
                .map(NativeLibraries::directoryIn)
                .flatMap(Optional::stream)
                .findFirst();
    }

    /// Empty if the place is full, is not ours to write to, or does not allow execution: the next one may do.
    private static Optional<Path> directoryIn(Path place) {
        try {
            Path own = place.resolve(PREFIX + ProcessHandle.current().pid());
            removeLeftBehind(place);
            Files.createDirectories(own);
            own.toFile().deleteOnExit();
            if (allowsExecution(own)) {
                return Optional.of(own);
            }
            Files.delete(own);
            return Optional.empty();
        } catch (IOException | UncheckedIOException e) {
            return Optional.empty();
        }
    }

    /// Linux says of a file with the right to execute it that it is not executable if its file system is not.
    private static boolean allowsExecution(Path directory) throws IOException {
        Path probe = Files.createTempFile(directory, "probe", ".so");
        try {
            return probe.toFile().setExecutable(true) && Files.isExecutable(probe);
        } finally {
            Files.delete(probe);
        }
    }

    /// A process that was killed cannot remove its own.
    private static void removeLeftBehind(Path place) throws IOException {
        try (Stream<Path> all = Files.list(place)) {
            all.filter(NativeLibraries::isLeftBehind).forEach(NativeLibraries::remove);
        }
    }

    private static boolean isLeftBehind(Path path) {
        String name = path.getFileName().toString();
        return name.matches(PREFIX + "[0-9]{1,18}")
                && ProcessHandle.of(Long.parseLong(name.substring(PREFIX.length())))
                        .isEmpty();
    }

    private static void remove(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(directory);
        } catch (IOException e) {
            // Another user's, or another process removes it at the same time.
            return;
        }
    }
}
