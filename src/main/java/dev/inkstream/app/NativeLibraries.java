package dev.inkstream.app;

import dev.inkstream.app.files.TemporaryDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/// Where the native libraries of zstd and snappy are unpacked: a directory of this process in the first place that
/// allows execution. By default both use the temporary directory, which a container often mounts without (`noexec`).
/// Thread-safe.
///
/// @param directory empty if the libraries have a place already, or if no place allows execution
record NativeLibraries(Optional<TemporaryDirectory> directory) implements AutoCloseable {
    /// What zstd-jni and snappy-java read.
    static final String ZSTD = "ZstdTempFolder";

    static final String SNAPPY = "org.xerial.snappy.tempdir";

    static final String PREFIX = "inkstream-native-";

    /// Sets the directory of the libraries, unless it is set. If no place allows execution they are left alone, and
    /// [dev.inkstream.app.cluster.CompressionLibraries] says so before a role starts.
    ///
    /// @param properties of the system, to which those of the libraries are added
    /// @return to be closed at the process's end
    static NativeLibraries choose(Properties properties, Map<String, String> env) {
        if (properties.containsKey(ZSTD) && properties.containsKey(SNAPPY)) {
            return new NativeLibraries(Optional.empty());
        }
        NativeLibraries chosen = new NativeLibraries(directory(places(properties, env)));
        chosen.directory().ifPresent(directory -> {
            properties.putIfAbsent(ZSTD, directory.path().toString());
            properties.putIfAbsent(SNAPPY, directory.path().toString());
        });
        return chosen;
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
                .map(NativeLibraries::path)
                .flatMap(Optional::stream)
                .filter(Files::isDirectory)
                .toList();
    }

    /// Empty if the locale cannot show the name: in the C locale, one with an umlaut.
    private static Optional<Path> path(String name) {
        try {
            return Optional.of(Path.of(name));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static Optional<TemporaryDirectory> directory(List<Path> places) {
        return places.stream()
                .map(NativeLibraries::directoryIn)
                .flatMap(Optional::stream)
                .findFirst();
    }

    /// Empty if the place is full, is not ours to write to, or does not allow execution: the next one may do.
    private static Optional<TemporaryDirectory> directoryIn(Path place) {
        try {
            TemporaryDirectory own = TemporaryDirectory.create(place, PREFIX);
            if (isUsable(own)) {
                return Optional.of(own);
            }
            own.close();
            return Optional.empty();
        } catch (IOException | UncheckedIOException e) {
            return Optional.empty();
        }
    }

    private static boolean isUsable(TemporaryDirectory own) {
        try {
            own.removeAbandoned(PREFIX, InstantSource.system());
            return allowsExecution(own.path());
        } catch (IOException e) {
            return false;
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

    /// Deletes the directory: on Linux a library that is loaded stays so.
    @Override
    public void close() {
        try {
            directory.ifPresent(TemporaryDirectory::close);
        } catch (UncheckedIOException e) {
            // The next process tries again.
            return;
        }
    }
}
