package dev.inkstream.app.cluster;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.inkstream.app.broker.EmbeddedBroker;
import dev.inkstream.app.console.StopSignal;
import dev.inkstream.app.console.UserException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BrokerWaitIT {
    @Test
    void whereNothingListensTheSentenceSaysToStartABroker() throws IOException {
        String address = "127.0.0.1:" + freePort();

        assertThatThrownBy(() -> connect(KafkaSettings.at(address)))
                .isInstanceOf(UserException.class)
                .hasMessage("no Kafka broker answered at " + address + " within 1 s: start one (inkstream broker),"
                        + " or name it with --bootstrap-server");
    }

    @Test
    void whereSomethingElseListensTheSentenceNamesTlsAndSasl() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            String address = "127.0.0.1:" + silent.getLocalPort();

            assertThatThrownBy(() -> connect(KafkaSettings.at(address)))
                    .isInstanceOf(UserException.class)
                    .hasMessage("no Kafka broker answered at " + address + " within 1 s: something listens there, so"
                            + " it is busy or no Kafka broker, or the listener needs TLS or SASL"
                            + " (security.protocol and its settings, in --command-config)");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "SSL, the listener is plaintext while security.protocol is SSL",
        "SASL_PLAINTEXT, the listener needs TLS while security.protocol is SASL_PLAINTEXT"
    })
    void whereTheProtocolIsSetTheSentenceSaysWhatTheListenerMayBeInstead(String protocol, String remedy)
            throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            KafkaSettings settings = KafkaSettings.at("127.0.0.1:" + silent.getLocalPort())
                    .with("security.protocol", protocol)
                    .with("sasl.mechanism", "PLAIN")
                    .with(
                            "sasl.jaas.config",
                            "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"u\""
                                    + " password=\"p\";");

            assertThatThrownBy(() -> connect(settings))
                    .isInstanceOf(UserException.class)
                    .hasMessageEndingWith(
                            "within 1 s: something listens there, so it is busy or no Kafka broker, or " + remedy);
        }
    }

    @Test
    void anAddressThatIsNoneHasASentence() {
        assertThatThrownBy(() -> connect(KafkaSettings.at("no.such.host.invalid:1")))
                .satisfies(e -> assertThat(KafkaFailures.sentence(e, "no.such.host.invalid:1"))
                        .contains("the address no.such.host.invalid:1 cannot be resolved: check --bootstrap-server"));
    }

    @Test
    void aBrokerThatStartsLateIsReachedAndTheWaitIsSaidMeanwhile() throws Exception {
        int port = freePort();
        String address = "127.0.0.1:" + port;
        List<String> notices = new CopyOnWriteArrayList<>();
        BrokerWait wait = new BrokerWait(Duration.ofMinutes(2), new StopSignal(), notices::add, System::nanoTime);
        CompletableFuture<Admin> reached = start(wait, address);

        await().atMost(30, SECONDS).until(() -> !notices.isEmpty());
        assertThat(notices.getFirst())
                .matches("no Kafka broker at " + address + " has answered yet; waiting up to 11\\d s more:"
                        + " start one \\(inkstream broker\\), or name it with --bootstrap-server");
        try (EmbeddedBroker broker = EmbeddedBroker.start(port);
                Admin admin = reached.get(100, SECONDS)) {
            assertThat(admin.describeCluster().nodes().get(30, SECONDS)).hasSize(1);
            assertThat(broker.address()).isEqualTo(address);
        }
    }

    @Test
    void aStopEndsTheWaitingAtOnce() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            StopSignal stop = new StopSignal();
            BrokerWait wait = new BrokerWait(Duration.ofHours(1), stop, notice -> {}, System::nanoTime);
            CompletableFuture<Admin> reached = start(wait, "127.0.0.1:" + silent.getLocalPort());

            stop.request();

            assertThatThrownBy(() -> reached.get(30, SECONDS))
                    .cause()
                    .isInstanceOf(InterruptedException.class)
                    .hasMessage("stopped while it was waiting for a broker");
        }
    }

    private static CompletableFuture<Admin> start(BrokerWait wait, String address) {
        CompletableFuture<Admin> reached = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                reached.complete(wait.connect(KafkaSettings.at(address)));
            } catch (InterruptedException | RuntimeException e) {
                reached.completeExceptionally(e);
            }
        });
        return reached;
    }

    private static int freePort() throws IOException {
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return closed.getLocalPort();
        }
    }

    private static Admin connect(KafkaSettings settings) throws InterruptedException {
        return new BrokerWait(Duration.ZERO, new StopSignal(), notice -> {}, System::nanoTime).connect(settings);
    }
}
