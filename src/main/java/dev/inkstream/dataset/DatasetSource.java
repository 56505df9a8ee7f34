package dev.inkstream.dataset;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Finds a dataset, in this order:
///
/// 1. the directory that was asked for;
/// 2. the directory `INKSTREAM_DATA` names;
/// 3. `inkstream/mnist` in the user's cache (`XDG_CACHE_HOME`, or else `~/.cache`), where MNIST is downloaded to if it
///    is not there yet;
/// 4. where that fails, procedurally drawn digits, saying so.
///
/// Immutable; reads no environment but the one it is given.
public final class DatasetSource {
    /// The environment variable that names a directory with MNIST's four IDX files, or with directories of pictures.
    public static final String DATA_VARIABLE = "INKSTREAM_DATA";

    /// Public copies of MNIST's files.
    public static final List<URI> MIRRORS = List.of(
            URI.create("https://storage.googleapis.com/cvdf-datasets/mnist/"),
            URI.create("https://ossci-datasets.s3.amazonaws.com/mnist/"));

    /// The seed of the digits that stand in for MNIST.
    public static final long DRAWN_SEED = 1;

    private static final Duration SILENCE = Duration.ofSeconds(3);

    private final Map<String, String> environment;
    private final Path home;
    private final MnistDownload download;
    private final Consumer<String> notices;

    /// A source for one user.
    ///
    /// @param environment the environment variables
    /// @param home the user's home directory
    /// @param mirrors base addresses of copies of MNIST, such as [#MIRRORS], each ending in a slash; none to stay
    /// offline
    /// @param notices takes one line at a time for the user to read
    public DatasetSource(Map<String, String> environment, Path home, List<URI> mirrors, Consumer<String> notices) {
        this(environment, home, new MnistDownload(mirrors, MnistFile.ALL, SILENCE), notices);
    }

    DatasetSource(Map<String, String> environment, Path home, MnistDownload download, Consumer<String> notices) {
        this.environment = Map.copyOf(environment);
        this.home = home;
        this.download = download;
        this.notices = notices;
    }

    /// Finds the dataset. Waits a few seconds at most where there is no network, longer while a download proceeds.
    ///
    /// @param directory the directory that was asked for, or null
    /// @throws DatasetException if a directory that was named, or what was downloaded earlier, cannot be used
    public Dataset find(@Nullable Path directory) {
        return findFiles(directory).orElseGet(() -> DrawnDigits.dataset(DRAWN_SEED));
    }

    /// As [#find], but empty where digits are to be drawn, once that has been said.
    Optional<Dataset> findFiles(@Nullable Path directory) {
        if (directory != null) {
            return Optional.of(read(directory));
        }
        String named = environment.getOrDefault(DATA_VARIABLE, "");
        if (!named.isEmpty()) {
            return Optional.of(readNamed(Path.of(named)));
        }
        Path cache = cache();
        try {
            if (!download.isComplete(cache)) {
                notices.accept("Downloading MNIST (11 MB) to " + cache + "; " + DATA_VARIABLE
                        + " can name a directory that has it.");
                download.into(cache);
            }
        } catch (IOException e) {
            notices.accept(
                    "MNIST could not be downloaded (" + e.getMessage() + "): using procedurally drawn digits instead.");
            return Optional.empty();
        }
        return Optional.of(readCached(cache));
    }

    private static Dataset read(Path directory) {
        return PictureFiles.areIn(directory) ? PictureFiles.read(directory) : IdxFiles.read(directory);
    }

    private static Dataset readNamed(Path directory) {
        try {
            return read(directory);
        } catch (DatasetException e) {
            throw new DatasetException(DATA_VARIABLE + " cannot be used: " + e.getMessage(), e);
        }
    }

    private static Dataset readCached(Path cache) {
        try {
            return IdxFiles.read(cache);
        } catch (DatasetException e) {
            throw new DatasetException(
                    "the earlier download cannot be used: " + e.getMessage() + " Deleting " + cache
                            + " has it downloaded again.",
                    e);
        }
    }

    /// The XDG Base Directory Specification has a relative path ignored.
    private Path cache() {
        Path caches = Path.of(environment.getOrDefault("XDG_CACHE_HOME", ""));
        return (caches.isAbsolute() ? caches : home.resolve(".cache"))
                .resolve("inkstream")
                .resolve("mnist");
    }
}
