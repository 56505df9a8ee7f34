package dev.inkstream.app.cluster;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Arrays;
import org.apache.kafka.common.utils.Utils;

/// Distinguishes an address where nothing listens from one where something listens but does not answer as Kafka. A
/// listener that needs TLS or SASL closes a plain client's connections without a word, so to the client both look the
/// same.
final class Listener {
    private static final int PATIENCE_MILLIS = 1_000;

    private Listener() {}

    /// Whether something takes connections at one of the addresses.
    ///
    /// @param addresses as `bootstrap.servers` has them
    static boolean isAt(String addresses) {
        return Arrays.stream(addresses.split(",")).map(String::strip).anyMatch(Listener::accepts);
    }

    private static boolean accepts(String address) {
        String host = Utils.getHost(address);
        Integer port = Utils.getPort(address);
        if (host == null || port == null) {
            return false;
        }
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), PATIENCE_MILLIS);
            return true;
        } catch (IOException | IllegalArgumentException e) { // also an unknown host, or a port that is none
            return false;
        }
    }
}
