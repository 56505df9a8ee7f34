package dev.inkstream.app;

import dev.inkstream.app.console.UsageException;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/// Which topics are meant: all of Inkstream's topics begin with one prefix, so that several pipelines can
/// share a cluster.
public final class TopicOptions {
    // The longest name of a topic is 249; the rest is for Kafka Streams' internal ones.
    private static final Pattern LEGAL = Pattern.compile("[a-zA-Z0-9._-]{0,100}");

    @Option(
            names = "--topic-prefix",
            paramLabel = "PREFIX",
            defaultValue = "inkstream.",
            description = "What the names of all topics begin with (default: ${DEFAULT-VALUE}).")
    private String prefix = "inkstream.";

    /// The prefix, fit for a topic name.
    ///
    /// @throws UsageException when it is not
    public String prefix() {
        if (!LEGAL.matcher(prefix).matches()) {
            throw new UsageException(
                    "--topic-prefix must be up to 100 letters, digits, '.', '_' or '-', not '%s'".formatted(prefix));
        }
        return prefix;
    }
}
