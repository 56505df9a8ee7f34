package dev.inkstream.app.broker;

import dev.inkstream.app.console.OptionRange;
import dev.inkstream.app.console.UserException;
import dev.inkstream.record.Causes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;

/// A real Kafka broker, a KRaft node of its own, inside this process: replication factor 1, plaintext,
/// reachable from this machine alone, without automatic topic creation. Several may run at once.
///
/// The data survives [#close] when the directory was given, and a broker that starts on it again serves it.
/// Thread-safe.
public final class EmbeddedBroker implements AutoCloseable {
    private static final long LOW_BYTES = 50_000_000;

    private final BrokerDirectory directory;
    private final BrokerNode node;

    private EmbeddedBroker(BrokerDirectory directory, BrokerNode node) {
        this.directory = directory;
        this.node = node;
    }

    /// Starts a broker on a temporary directory, deleted on close; returns when it answers.
    ///
    /// @param port the port on 127.0.0.1, or 0 for a free one
    /// @throws UserException when the port is taken, or the broker's jars are not on the class path
    public static EmbeddedBroker start(int port) {
        return start(port, BrokerDirectory.fresh());
    }

    /// Starts a broker on a directory, and returns when it answers. Creates the directory if it is missing and keeps it
    /// on close.
    ///
    /// @param port the port on 127.0.0.1, or 0 for a free one
    /// @throws UserException when the port or the directory is taken, or the broker's jars are not on the
    ///     class path
    public static EmbeddedBroker start(int port, Path data) {
        return start(port, BrokerDirectory.kept(data));
    }

    private static EmbeddedBroker start(int port, BrokerDirectory directory) {
        try {
            return new EmbeddedBroker(directory, startNode(port, directory.path()));
        } catch (NoClassDefFoundError e) {
            directory.release();
            throw new UserException(
                    "the Kafka broker is not on the class path (%s is missing): start with the inkstream launcher, or add target/broker-lib/*"
                            .formatted(e.getMessage()),
                    e);
        } catch (RuntimeException | Error e) {
            directory.release();
            if (isShuttingDown(e)) {
                throw new CancellationException("stopped while the broker started");
            }
            throw e;
        }
    }

    /// Whether the start failed because the JVM was shutting down: it then refuses the server's shutdown hooks.
    private static boolean isShuttingDown(Throwable failure) {
        return Causes.of(failure)
                .anyMatch(cause ->
                        cause instanceof IllegalStateException && "Shutdown in progress".equals(cause.getMessage()));
    }

    private static BrokerNode startNode(int port, Path data) {
        new OptionRange("--port", 0, 65_535).check(port);
        return BrokerNode.start(BrokerPorts.choose(port), data);
    }

    /// Where clients reach it, as `bootstrap.servers` wants it.
    public String address() {
        return node.ports().address();
    }

    /// Whether its disk is nearly full. Kafka stops when it is, and says why in its log only.
    ///
    /// @throws UncheckedIOException if the disk cannot be read
    public boolean isNearlyFull() {
        try {
            return directory.space() < LOW_BYTES;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot ask for the space left in " + directory.path(), e);
        }
    }

    /// The directory its data is in.
    public Path data() {
        return directory.path();
    }

    /// Stops the broker, and deletes its directory if that was temporary. Closing twice is harmless.
    @Override
    public void close() {
        node.stop();
        directory.release();
    }
}
