package dev.inkstream.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class DatasetSourceTest {
    private final Dataset drawn = DrawnDigits.dataset(3, 20, 10);
    private final List<String> notices = new ArrayList<>();
    private final Map<String, byte[]> served = new LinkedHashMap<>();
    private final List<MnistFile> files = new ArrayList<>();

    @TempDir
    private Path home;

    private Path cache;

    /// Long enough for a machine that is busy with other things.
    private Duration silence = Duration.ofSeconds(20);

    @BeforeEach
    void serveDrawnDigits() {
        cache = home.resolve(".cache/inkstream/mnist");
        serve("train-images-idx3-ubyte.gz", IdxBytes.images(drawn.training()));
        serve("train-labels-idx1-ubyte.gz", IdxBytes.labels(drawn.training()));
        serve("t10k-images-idx3-ubyte.gz", IdxBytes.images(drawn.holdout()));
        serve("t10k-labels-idx1-ubyte.gz", IdxBytes.labels(drawn.holdout()));
    }

    @Test
    void takesTheDirectoryThatWasAskedFor() throws IOException {
        Path asked = home.resolve("asked");
        IdxBytes.write(drawn, asked);

        Dataset found = source(Map.of("INKSTREAM_DATA", "/nowhere")).find(asked);

        assertThat(found).isEqualTo(new Dataset("asked", drawn.training(), drawn.holdout()));
        assertThat(notices).isEmpty();
    }

    @Test
    void refusesABadDirectoryThatWasAskedFor() {
        DatasetSource source = source(Map.of());

        assertThatThrownBy(() -> source.find(Path.of("/nowhere")))
                .isInstanceOf(DatasetException.class)
                .hasMessage("/nowhere does not exist; it must be a directory with " + IdxFiles.LAYOUTS + ".");
    }

    @Test
    void takesTheDirectoryTheEnvironmentNames() throws IOException {
        Path named = home.resolve("named");
        IdxBytes.write(drawn, named);

        assertThat(source(Map.of("INKSTREAM_DATA", named.toString())).find(null).name())
                .isEqualTo("named");
    }

    @Test
    void refusesABadDirectoryTheEnvironmentNames() {
        DatasetSource source = source(Map.of("INKSTREAM_DATA", "/nowhere"));

        assertThatThrownBy(() -> source.find(null))
                .hasMessage("INKSTREAM_DATA cannot be used: /nowhere does not exist; it must be a directory with "
                        + IdxFiles.LAYOUTS + ".");
    }

    @Test
    void downloadsOnceIntoTheCache() throws IOException {
        try (Mirror mirror = Mirror.serving(served)) {
            DatasetSource source = source(Map.of("INKSTREAM_DATA", ""), mirror.address());

            assertThat(source.find(null)).isEqualTo(new Dataset("mnist", drawn.training(), drawn.holdout()));
            assertThat(source.find(null).training()).isEqualTo(drawn.training());
            assertThat(mirror.requests()).containsExactlyElementsOf(served.keySet());
        }
        assertThat(cached()).containsExactlyInAnyOrderElementsOf(served.keySet());
        assertThat(notices)
                .containsExactly("Downloading MNIST (11 MB) to " + cache
                        + "; INKSTREAM_DATA can name a directory with these" + " files.");
    }

    @Test
    void fetchesWhatIsMissingAlone() throws IOException {
        IdxBytes.write(drawn, cache);
        Files.delete(cache.resolve("t10k-labels-idx1-ubyte.gz"));

        try (Mirror mirror = Mirror.serving(served)) {
            source(Map.of(), mirror.address()).find(null);

            assertThat(mirror.requests()).containsExactly("t10k-labels-idx1-ubyte.gz");
        }
    }

    @Test
    void followsXdgCacheHomeIfAbsolute() throws IOException {
        Path xdg = home.resolve("xdg");
        IdxBytes.write(drawn, xdg.resolve("inkstream/mnist"));
        IdxBytes.write(DrawnDigits.dataset(4, 10, 10), cache);

        assertThat(source(Map.of("XDG_CACHE_HOME", xdg.toString())).find(null).training())
                .isEqualTo(drawn.training());
        assertThat(source(Map.of("XDG_CACHE_HOME", "relative")).find(null).training())
                .isEqualTo(DrawnDigits.images(4, 0, 10));
    }

    @Test
    void triesTheNextMirror() throws IOException {
        try (Mirror empty = Mirror.serving(Map.of());
                Mirror mirror = Mirror.serving(served)) {
            assertThat(source(Map.of(), empty.address(), mirror.address())
                            .find(null)
                            .name())
                    .isEqualTo("mnist");
            assertThat(empty.requests()).hasSize(1);
        }
    }

    @Test
    void drawsDigitsWhereFilesAreMissing() throws IOException {
        try (Mirror mirror = Mirror.serving(Map.of())) {
            assertFallsBack(mirror, mirror.address() + "train-images-idx3-ubyte.gz answered 404");
        }
    }

    @Test
    void keepsNoDamagedFile() throws IOException {
        byte[] wrong = IdxBytes.images(DrawnDigits.images(4, 0, 20));
        served.put("train-images-idx3-ubyte.gz", IdxBytes.gzip(wrong));

        try (Mirror mirror = Mirror.serving(served)) {
            assertFallsBack(
                    mirror,
                    mirror.address() + "train-images-idx3-ubyte.gz sent a damaged file: its SHA-256 is " + sha256(wrong)
                            + "; it must be " + files.getFirst().sha256());
        }
    }

    @Test
    void stopsADownloadThatIsTooLong() throws IOException {
        served.put("train-images-idx3-ubyte.gz", new byte[1 << 20]);

        try (Mirror mirror = Mirror.serving(served)) {
            assertFallsBack(
                    mirror,
                    mirror.address() + "train-images-idx3-ubyte.gz sends more than the "
                            + (files.getFirst().length() + 1024) + " bytes it may");
        }
    }

    @Test
    void stopsADownloadThatStalls() throws IOException {
        silence = Duration.ofSeconds(1);
        try (Mirror mirror = Mirror.stalling()) {
            assertFallsBack(mirror, mirror.address().getAuthority() + " sent nothing for 1000 ms");
        }
    }

    @Test
    void drawsDigitsWhereNobodyListens() throws IOException {
        URI address;
        try (Mirror mirror = Mirror.serving(served)) {
            address = mirror.address();
        }
        assertThat(source(Map.of(), address).find(null).name()).isEqualTo("drawn-digits");
        assertThat(notices.getLast())
                .isEqualTo("MNIST could not be downloaded (there is no connection to " + address.getAuthority()
                        + "): using procedurally drawn digits instead.");
    }

    @Test
    void saysThatTheCacheIsDamaged() throws IOException {
        IdxBytes.write(drawn, cache);
        Path labels = Files.write(cache.resolve("train-labels-idx1-ubyte.gz"), new byte[3]);
        DatasetSource source = source(Map.of());

        assertThatThrownBy(() -> source.find(null))
                .hasMessage("the earlier download cannot be used: " + labels
                        + " is cut short. Replace it with a whole copy. Delete " + cache
                        + " to download it again.");
    }

    private void assertFallsBack(Mirror mirror, String reason) throws IOException {
        assertThat(source(Map.of(), mirror.address()).findFiles(null, 2)).isEmpty();
        assertThat(notices.getLast())
                .isEqualTo("MNIST could not be downloaded (" + reason + "): using procedurally drawn digits instead.");
        assertThat(cached()).noneMatch(served::containsKey);
    }

    /// As Java sees an umlaut in the C locale.
    @Test
    void drawsDigitsIfTheCacheIsNoPathInThisLocale() {
        assertThat(source(Map.of("XDG_CACHE_HOME", "/home/j\0rgen")).find(null).training())
                .isEqualTo(DrawnDigits.dataset(DatasetSource.DRAWN_SEED).training());
        assertThat(notices)
                .containsExactly("MNIST could not be downloaded (the user's cache is not a path in this locale; set"
                        + " LC_ALL=C.UTF-8): using procedurally drawn digits instead.");
    }

    private List<String> cached() throws IOException {
        try (Stream<Path> entries = Files.list(cache)) {
            return entries.map(entry -> entry.getFileName().toString()).toList();
        }
    }

    private DatasetSource source(Map<String, String> environment, URI... mirrors) {
        ProxyVariables proxies = new ProxyVariables(environment);
        return new DatasetSource(
                new DatasetSource.Surroundings(environment, home.toString(), 1L << 30, proxies),
                new MnistDownload(List.of(mirrors), files, silence, proxies),
                Polarity.AUTO,
                notices::add);
    }

    private void serve(String name, byte[] content) {
        files.add(new MnistFile(name, content.length, sha256(content)));
        served.put(name, IdxBytes.gzip(content));
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
