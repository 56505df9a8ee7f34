package dev.inkstream.app.feed;

import dev.inkstream.app.console.Terminal;
import dev.inkstream.dataset.Dataset;
import dev.inkstream.dataset.DatasetSource;
import dev.inkstream.dataset.Polarity;
import dev.inkstream.dataset.ProxyVariables;
import java.net.ProxySelector;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which images are used.
public final class DatasetOptions {
    @Option(
            names = "--dataset",
            paramLabel = "DIR",
            description =
                    "Directory with MNIST's or EMNIST's four IDX files, gzipped or not, or with pictures by label or"
                            + " class, like training/0/one.png and holdout/0/two.png (default: $INKSTREAM_DATA, else a download into the"
                            + " user's cache, else drawn digits).")
    private @Nullable Path directory;

    @Option(
            names = "--polarity",
            paramLabel = "POLARITY",
            defaultValue = "auto",
            description = "Polarity of image files: light-on-dark keeps them, dark-on-light inverts them, auto"
                    + " decides by their borders and reports it (default: ${DEFAULT-VALUE}).")
    private Polarity polarity = Polarity.AUTO;

    /// Finds the images to learn from; says on stderr where they come from if that is worth a line.
    public Dataset find(Terminal terminal) {
        return source(terminal).find(directory);
    }

    /// Finds images to look at.
    public Dataset look(Terminal terminal) {
        return source(terminal).look(directory);
    }

    private DatasetSource source(Terminal terminal) {
        DatasetSource.Surroundings surroundings = new DatasetSource.Surroundings(
                terminal.env(),
                System.getProperty("user.home"),
                Runtime.getRuntime().maxMemory(),
                proxies(terminal));
        return new DatasetSource(surroundings, DatasetSource.MIRRORS, polarity, line -> {
            terminal.err().println(line);
            terminal.err().flush();
        });
    }

    /// Java's own properties come first: they were given to this program alone.
    private static ProxySelector proxies(Terminal terminal) {
        return System.getProperty("https.proxyHost", "").isEmpty()
                ? new ProxyVariables(terminal.env())
                : ProxySelector.getDefault();
    }
}
