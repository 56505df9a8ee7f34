package dev.inkstream.app.cluster;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.Locale;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.utils.Utils;

/// Distinguishes an address where nothing listens from one where something listens but does not answer as Kafka. A
/// listener that needs TLS or SASL closes a plain client's connections without a word, so to the client both look the
/// same.
final class Listener {
    private static final String PLAINTEXT = CommonClientConfigs.DEFAULT_SECURITY_PROTOCOL;

    private static final int PATIENCE_MILLIS = 1_000;

    private Listener() {}

    /// What a person may do where no broker answers.
    static String remedy(KafkaSettings settings) {
        if (!isAt(settings.bootstrapServers())) {
            return "start one (inkstream broker), or name it with --bootstrap-server";
        }
        String protocol = String.valueOf(
                        settings.admin().getOrDefault(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, PLAINTEXT))
                .toUpperCase(Locale.ROOT);
        return "something listens there, so it is busy or no Kafka broker, or "
                + switch (protocol) {
                    case PLAINTEXT ->
                        "the listener needs TLS or SASL (security.protocol and its settings, in --command-config)";
                    case "SSL", "SASL_SSL" -> "the listener is plaintext while security.protocol is " + protocol;
                    default -> "the listener needs TLS while security.protocol is " + protocol;
                };
    }

    /// Whether something takes connections at one of the addresses.
    ///
    /// @param addresses as `bootstrap.servers` has them
    private static boolean isAt(String addresses) {
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
