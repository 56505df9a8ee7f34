package dev.inkstream.dataset;

import java.io.IOException;
import java.net.ProxySelector;
import java.net.URI;
import java.nio.file.InvalidPathException;
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

    /// Labels that a network can distinguish.
    private static final int LEARNABLE = 2;

    private static final Duration SILENCE = Duration.ofSeconds(3);

    private final Surroundings surroundings;
    private final MnistDownload download;
    private final Polarity polarity;
    private final Consumer<String> notices;

    /// What a source knows of the process and its user.
    ///
    /// @param environment the environment variables
    /// @param home the user's home directory, which in some locales is no path
    /// @param heapBytes the largest size of the heap, which bounds what is read
    /// @param proxies which proxy downloads go through, if any
    public record Surroundings(Map<String, String> environment, String home, long heapBytes, ProxySelector proxies) {
        public Surroundings {
            environment = Map.copyOf(environment);
        }
    }

    /// A source for one user.
    ///
    /// @param mirrors base addresses of copies of MNIST, such as [#MIRRORS], each ending in a slash; none to stay
    /// offline
    /// @param polarity what is ink in the images that are read from files
    /// @param notices takes one line at a time for the user to read
    public DatasetSource(Surroundings surroundings, List<URI> mirrors, Polarity polarity, Consumer<String> notices) {
        this(
                surroundings,
                new MnistDownload(mirrors, MnistFile.ALL, SILENCE, surroundings.proxies()),
                polarity,
                notices);
    }

    DatasetSource(Surroundings surroundings, MnistDownload download, Polarity polarity, Consumer<String> notices) {
        this.surroundings = surroundings;
        this.download = download;
        this.polarity = polarity;
        this.notices = notices;
    }

    /// Finds the dataset to learn from. Waits at most a few seconds without a network, longer while a download
    /// proceeds.
    ///
    /// @param directory the directory that was asked for, or null
    /// @throws DatasetException if a directory that was named, or what was downloaded earlier, cannot be used, or has
    /// training images of one label only
    public Dataset find(@Nullable Path directory) {
        return findFiles(directory, LEARNABLE).orElseGet(() -> DrawnDigits.dataset(DRAWN_SEED));
    }

    /// As [#find], but to look at: one label is enough.
    public Dataset look(@Nullable Path directory) {
        return findFiles(directory, 1).orElseGet(() -> DrawnDigits.dataset(DRAWN_SEED));
    }

    /// As [#find], but empty where digits are to be drawn, once that has been said.
    Optional<Dataset> findFiles(@Nullable Path directory, int minLabels) {
        Reading reading = new Reading(polarity, ReadLimit.ofHeap(surroundings.heapBytes()), minLabels, notices);
        if (directory != null) {
            return Optional.of(read(directory, reading));
        }
        String named = surroundings.environment().getOrDefault(DATA_VARIABLE, "");
        if (!named.isEmpty()) {
            return Optional.of(readNamed(named, reading));
        }
        Path cache;
        try {
            cache = cache();
            if (!download.isComplete(cache)) {
                notices.accept("Downloading MNIST (11 MB) to " + cache + "; " + DATA_VARIABLE
                        + " can name a directory with these files.");
                download.into(cache);
            }
        } catch (IOException e) {
            notices.accept(
                    "MNIST could not be downloaded (" + e.getMessage() + "): using procedurally drawn digits instead.");
            return Optional.empty();
        }
        return Optional.of(readCached(cache, reading));
    }

    private static Dataset read(Path directory, Reading reading) {
        return PictureFolders.areIn(directory)
                ? PictureFiles.read(directory, reading)
                : IdxFiles.read(directory, reading);
    }

    private static Dataset readNamed(String directory, Reading reading) {
        try {
            return read(Path.of(directory), reading);
        } catch (InvalidPathException e) {
            throw new DatasetException(
                    DATA_VARIABLE + " cannot be used: it is not a path in this locale. Set LC_ALL=C.UTF-8.", e);
        } catch (DatasetException e) {
            throw new DatasetException(DATA_VARIABLE + " cannot be used: " + e.getMessage(), e);
        }
    }

    private static Dataset readCached(Path cache, Reading reading) {
        try {
            return IdxFiles.read(cache, reading);
        } catch (DatasetException e) {
            throw new DatasetException(
                    "the earlier download cannot be used: " + e.getMessage() + " Delete " + cache
                            + " to download it again.",
                    e);
        }
    }

    /// The XDG Base Directory Specification has a relative path ignored.
    ///
    /// @throws IOException if the locale cannot show the path
    private Path cache() throws IOException {
        try {
            Path caches = Path.of(surroundings.environment().getOrDefault("XDG_CACHE_HOME", ""));
            return (caches.isAbsolute() ? caches : Path.of(surroundings.home(), ".cache"))
                    .resolve("inkstream")
                    .resolve("mnist");
        } catch (InvalidPathException e) {
            throw new IOException("the user's cache is not a path in this locale; set LC_ALL=C.UTF-8", e);
        }
    }
}
