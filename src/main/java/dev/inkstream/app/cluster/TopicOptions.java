package dev.inkstream.app.cluster;

import dev.inkstream.app.console.UsageException;
import dev.inkstream.stream.Topics;
import picocli.CommandLine.Option;

/// Which topics are meant: all of Inkstream's topics begin with one prefix, so that several pipelines can
/// share a cluster.
public final class TopicOptions {
    @Option(
            names = "--topic-prefix",
            paramLabel = "PREFIX",
            defaultValue = Topics.DEFAULT_PREFIX,
            description = "Prefix of all topic names (default: ${DEFAULT-VALUE}).")
    private String prefix = Topics.DEFAULT_PREFIX;

    /// The topics.
    ///
    /// @throws UsageException when the prefix is not fit for a topic name
    public Topics topics() {
        try {
            return new Topics(prefix);
        } catch (IllegalArgumentException e) {
            throw UsageException.of(e);
        }
    }
}
