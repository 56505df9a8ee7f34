package dev.inkstream.app.broker;

import dev.inkstream.app.console.UserException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/// The two ports of a node, on the loopback address.
///
/// @param broker where clients connect
/// @param controller where the broker connects to its own controller
record BrokerPorts(int broker, int controller) {
    static final String HOST = "127.0.0.1";

    String address() {
        return HOST + ":" + broker;
    }

    String controllerAddress() {
        return HOST + ":" + controller;
    }

    /// Finds free ports. Held open together while choosing, so that they differ; a port may still be
    /// taken between this and the start of the broker, which then says so.
    ///
    /// @param wanted the port for clients, or 0 for any
    static BrokerPorts choose(int wanted) {
        try (ServerSocket broker = bind(wanted);
                ServerSocket controller = bind(0)) {
            return new BrokerPorts(broker.getLocalPort(), controller.getLocalPort());
        } catch (IOException e) {
            throw new UncheckedIOException("No free port on " + HOST, e);
        }
    }

    private static ServerSocket bind(int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        try {
            socket.setReuseAddress(true); // as the broker does: a connection in TIME_WAIT is no obstacle
            socket.bind(new InetSocketAddress(InetAddress.ofLiteral(HOST), port));
            return socket;
        } catch (BindException e) {
            socket.close();
            throw new UserException(
                    "port %d on %s cannot be used (%s): stop what listens there, or choose another with --port"
                            .formatted(port, HOST, e.getMessage()),
                    e);
        }
    }
}
