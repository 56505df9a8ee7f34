package dev.inkstream.app.monitor;

import dev.inkstream.app.console.UsageException;
import dev.inkstream.app.console.UserException;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Where a process serves its metrics and its health, if at all.
public final class MonitorOptions {
    private static final String OFF = "off";
    private static final int LAST_PORT = 65_535;

    @Option(
            names = "--monitor-port",
            paramLabel = "PORT",
            description = "Port of /metrics, /livez and /readyz, 0 for a free one, off for none (default: demo 9400,"
                    + " classifier 9401, trainer 9402, evaluator 9403, labeler 9404; a role takes a"
                    + " free port if its default is in use).")
    private @Nullable String port;

    @Option(
            names = "--monitor-host",
            paramLabel = "HOST",
            defaultValue = "127.0.0.1",
            description =
                    "Address to serve /metrics and probes on (default: ${DEFAULT-VALUE}); 0.0.0.0 for all, as in a"
                            + " container.")
    private String host = "127.0.0.1";

    /// Serves them; null where that is off. Another process of the same role must be able to run beside this one, so
    /// where no port was asked for and the usual one is taken, it is a free one.
    ///
    /// @param usual the port of this role
    /// @throws UserException if that cannot be
    public @Nullable MonitorServer serveRole(int usual, Monitor monitor) {
        try {
            return serve(usual, monitor);
        } catch (PortTakenException e) {
            if (port != null) {
                throw e;
            }
            return serveAt(0, monitor);
        }
    }

    /// Serves them; null where that is off.
    ///
    /// @param usual the port where none was asked for
    /// @throws UserException if that cannot be
    public @Nullable MonitorServer serve(int usual, Monitor monitor) {
        OptionalInt asked = port(usual);
        return asked.isEmpty() ? null : serveAt(asked.getAsInt(), monitor);
    }

    private OptionalInt port(int usual) {
        if (port == null) {
            return OptionalInt.of(usual);
        }
        if (port.equals(OFF)) {
            return OptionalInt.empty();
        }
        if (!port.matches("\\d{1,5}") || Integer.parseInt(port) > LAST_PORT) {
            throw UsageException.of("--monitor-port", port, "0 to %d, or off".formatted(LAST_PORT));
        }
        return OptionalInt.of(Integer.parseInt(port));
    }

    private MonitorServer serveAt(int number, Monitor monitor) {
        InetSocketAddress address = new InetSocketAddress(host, number);
        if (address.isUnresolved()) {
            throw UsageException.of(
                    "--monitor-host", host, "an address of this machine, or a name that resolves to one");
        }
        try {
            return MonitorServer.start(address, monitor);
        } catch (BindException e) {
            throw new PortTakenException(host, number, e);
        } catch (IOException e) {
            throw new UserException("metrics cannot be served on %s:%d: %s".formatted(host, number, e.getMessage()), e);
        }
    }

    /// The port is in use, or not for this user.
    private static final class PortTakenException extends UserException {
        private static final long serialVersionUID = 1L;

        PortTakenException(String host, int port, IOException cause) {
            super(
                    "metrics cannot be served on %s:%d (%s); choose another port with --monitor-port, 0 for a free one,"
                                    .formatted(host, port, cause.getMessage())
                            + " off for none",
                    cause);
        }
    }
}
