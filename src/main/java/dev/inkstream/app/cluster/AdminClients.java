package dev.inkstream.app.cluster;

import dev.inkstream.app.console.UserException;
import dev.inkstream.stream.admin.KafkaFutures;
import java.time.Duration;
import java.util.Locale;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;

/// The first contact with the cluster.
public final class AdminClients {
    private static final Duration USUAL_PATIENCE = Duration.ofSeconds(10);

    private static final String PLAINTEXT = CommonClientConfigs.DEFAULT_SECURITY_PROTOCOL;

    private AdminClients() {}

    /// As [#connect(KafkaSettings, Duration)], with the patience of a person at the console.
    public static Admin connect(KafkaSettings settings) throws InterruptedException {
        return connect(settings, USUAL_PATIENCE);
    }

    /// An admin client that has reached a broker; the caller closes it.
    ///
    /// @param patience how long to wait for an answer
    /// @throws UserException when none comes
    /// @throws KafkaException when the answer is a refusal
    public static Admin connect(KafkaSettings settings, Duration patience) throws InterruptedException {
        return connect(settings, patience, patience);
    }

    /// As [#connect(KafkaSettings, Duration)], as the rest of a longer wait.
    ///
    /// @param whole the wait that the message names
    public static Admin connect(KafkaSettings settings, Duration patience, Duration whole) throws InterruptedException {
        Admin admin = Admin.create(settings.admin());
        try {
            reach(admin, settings, patience, whole);
            return admin;
        } catch (InterruptedException | RuntimeException e) {
            admin.close(Duration.ZERO);
            throw e;
        }
    }

    private static void reach(Admin admin, KafkaSettings settings, Duration patience, Duration whole)
            throws InterruptedException {
        String address = settings.bootstrapServers();
        DescribeClusterOptions options = new DescribeClusterOptions().timeoutMs(Math.toIntExact(patience.toMillis()));
        try {
            KafkaFutures.await(admin.describeCluster(options).nodes());
        } catch (TimeoutException e) {
            throw new UserException(
                    "no Kafka broker answered at %s within %d s: %s"
                            .formatted(address, whole.toSeconds(), remedy(settings)),
                    e);
        } catch (KafkaException e) {
            throw new KafkaException("Kafka at %s cannot be used".formatted(address), e);
        }
    }

    private static String remedy(KafkaSettings settings) {
        if (!Listener.isAt(settings.bootstrapServers())) {
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
}
