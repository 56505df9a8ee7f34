package dev.inkstream.app.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.inkstream.app.console.UserException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdminClientsTest {
    @Test
    void whereNothingListensTheSentenceSaysToStartABroker() throws IOException {
        String address;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            address = "127.0.0.1:" + closed.getLocalPort();
        }

        assertThatThrownBy(() -> AdminClients.connect(KafkaSettings.at(address), Duration.ofSeconds(1)))
                .isInstanceOf(UserException.class)
                .hasMessage("no Kafka broker answered at " + address + " within 1 s: start one (inkstream broker),"
                        + " or name it with --bootstrap-server");
    }

    @Test
    void whereSomethingElseListensTheSentenceNamesTlsAndSasl() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            String address = "127.0.0.1:" + silent.getLocalPort();

            assertThatThrownBy(() -> AdminClients.connect(KafkaSettings.at(address), Duration.ofSeconds(1)))
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

            assertThatThrownBy(() -> AdminClients.connect(settings, Duration.ofSeconds(1)))
                    .isInstanceOf(UserException.class)
                    .hasMessageEndingWith(
                            "within 1 s: something listens there, so it is busy or no Kafka broker, or " + remedy);
        }
    }

    @Test
    void anAddressThatIsNoneHasASentence() {
        assertThatThrownBy(
                        () -> AdminClients.connect(KafkaSettings.at("no.such.host.invalid:1"), Duration.ofSeconds(1)))
                .satisfies(e -> assertThat(KafkaFailures.sentence(e, "no.such.host.invalid:1"))
                        .contains("the address no.such.host.invalid:1 cannot be resolved: check --bootstrap-server"));
    }
}
