package dev.inkstream.app.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.inkstream.app.console.StopSignal;
import dev.inkstream.codec.SchemaRegistry;
import dev.inkstream.codec.SchemaRegistryException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A registry behind TLS, with a certificate that only a trust store of ours knows.
class RegistryTlsIT {
    private static final String PASSWORD = "s3cret";

    @TempDir
    private Path folder;

    private HttpsServer server;
    private String url;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        Path store = folder.resolve("store.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-alias",
                        "registry",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "SAN=ip:127.0.0.1",
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .start();
        assertThat(new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .doesNotContain("error");
        assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(new RegistryTls(KafkaSettings.of(Map.of(
                        "schema.registry.ssl.keystore.location",
                        store.toString(),
                        "schema.registry.ssl.keystore.type",
                        "PKCS12",
                        "schema.registry.ssl.keystore.password",
                        PASSWORD)))
                .context()
                .orElseThrow()));
        server.createContext("/", exchange -> {
            try (exchange) {
                byte[] body = "{\"schema\":\"\\\"int\\\"\"}".getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
        });
        server.start();
        url = "https://127.0.0.1:" + server.getAddress().getPort();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void isTrustedWithItsTrustStore() {
        SchemaRegistry registry = registry(KafkaSettings.of(Map.of(
                "schema.registry.url",
                url,
                "schema.registry.ssl.truststore.location",
                folder.resolve("store.p12").toString(),
                "schema.registry.ssl.truststore.type",
                "PKCS12",
                "schema.registry.ssl.truststore.password",
                PASSWORD)));
        assertThat(registry.byId(7).getName()).isEqualTo("int");
    }

    private static SchemaRegistry registry(KafkaSettings settings) {
        return SchemaRegistries.of(settings, Duration.ofMinutes(1), new StopSignal(), notice -> {});
    }

    /// Asking again would change nothing.
    @Test
    void isNotTrustedWithoutAndSaysWhatToSet() {
        SchemaRegistry registry = registry(KafkaSettings.of(Map.of("schema.registry.url", url)));
        assertThatExceptionOfType(SchemaRegistryException.class)
                .isThrownBy(() -> registry.byId(7))
                .withMessageStartingWith("schema registry " + url + " has a certificate that is not trusted (")
                .withMessageEndingWith("); set schema.registry.ssl.truststore.location");
    }
}
