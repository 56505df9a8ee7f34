package dev.inkstream.app.feed;

import dev.inkstream.app.console.Terminal;
import dev.inkstream.dataset.Dataset;
import dev.inkstream.dataset.DatasetSource;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which images are used.
public final class DatasetOptions {
    @Option(
            names = "--dataset",
            paramLabel = "DIR",
            description = "Directory with MNIST's four IDX files, gzipped or not, or with pictures by label, like"
                    + " training/0/one.png and holdout/0/two.png (default: $INKSTREAM_DATA, else a download into the"
                    + " user's cache, else drawn digits).")
    private @Nullable Path directory;

    /// Finds the images; says on stderr where they come from if that is worth a line.
    public Dataset find(Terminal terminal) {
        Path home = Path.of(System.getProperty("user.home"));
        return new DatasetSource(terminal.env(), home, DatasetSource.MIRRORS, line -> {
                    terminal.err().println(line);
                    terminal.err().flush();
                })
                .find(directory);
    }
}
