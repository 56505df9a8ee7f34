package dev.inkstream.app.feed;

import dev.inkstream.app.console.UsageException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Distinguishes the images of one run from those that another run sent of the same set.
final class RunOptions {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9._-]{1,50}");

    @Option(
            names = "--run",
            paramLabel = "NAME",
            description =
                    "Prefix of the image ids. Without a new prefix, the ids repeat those of an earlier run, and roles"
                            + " that remember them count the images and labels as duplicates (default:"
                            + " none).")
    private @Nullable String name;

    boolean isGiven() {
        return name != null;
    }

    /// The first part of the ids of a set's images.
    String keyPrefix(ImageSet set) {
        if (name == null) {
            return set.keyPrefix();
        }
        if (!NAME.matcher(name).matches()) {
            throw UsageException.of("--run", name, "1 to 50 letters, digits, dots, dashes or underscores");
        }
        return name + "-" + set.keyPrefix();
    }
}
