package dev.inkstream.app.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.inkstream.app.console.UsageException;
import dev.inkstream.app.console.UserException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class MonitorServerTest {
    private final Monitor monitor = new Monitor();
    private final MonitorServer server = serve("--monitor-port", "0");
    private final HttpClient client = HttpClient.newHttpClient();

    private Optional<String> whyNotLive = Optional.empty();
    private Optional<String> whyNotReady = Optional.empty();

    @Command
    private static final class NoCommand {}

    @AfterEach
    void close() {
        server.close();
        client.close();
    }

    @Test
    void servesTheMetricsAsPrometheusReadsThem() throws Exception {
        monitor.meters().counter("inkstream.images", "role", "classifier").increment();
        HttpResponse<String> answer = get("/metrics");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("text/plain; version=0.0.4; charset=utf-8");
        assertThat(answer.body()).contains("inkstream_images_total{role=\"classifier\"} 1.0\n");
    }

    @Test
    void headIsGetWithoutTheBody() throws Exception {
        monitor.meters().counter("inkstream.images").increment();
        int length = get("/metrics").body().length();
        HttpResponse<String> answer = send("HEAD", "/metrics");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.headers().firstValueAsLong("Content-Length")).hasValue(length);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/metric", "/metricsx", "/metrics/", "/metrics/x", "/livez/..", "/LIVEZ"})
    void thereIsNothingElse(String path) throws Exception {
        assertThat(get(path).statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "TRACE"})
    void onlyReadingIsAllowed(String method) throws Exception {
        HttpResponse<String> answer = send(method, "/metrics");
        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).contains("GET, HEAD");
    }

    /// The answer comes though nothing of the announced body does; the server would give up on that after ten seconds.
    @Test
    void aBodyIsNotWaitedFor() throws Exception {
        try (Socket sender =
                new Socket(InetAddress.getLoopbackAddress(), server.url().getPort())) {
            sender.setSoTimeout(5_000);
            sender.getOutputStream()
                    .write("GET /livez HTTP/1.1\r\nHost: x\r\nContent-Length: 1073741824\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            StringBuilder answer = new StringBuilder();
            while (!answer.toString().endsWith("\n\r\nlive\n")) {
                int read = sender.getInputStream().read();
                assertThat(read).as("the end, after: " + answer).isNotNegative();
                answer.append((char) read);
            }
            assertThat(answer.toString()).startsWith("HTTP/1.1 200 OK\r\n");
        }
        assertThat(get("/livez").statusCode()).isEqualTo(200);
    }

    @Test
    void aSilentClientHoldsUpNobody() throws Exception {
        try (Socket silent =
                new Socket(InetAddress.getLoopbackAddress(), server.url().getPort())) {
            silent.getOutputStream().write("GET /met".getBytes(StandardCharsets.US_ASCII));
            assertThat(get("/livez").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void beforeAnythingRunsItIsAliveAndNotReady() throws Exception {
        assertThat(get("/livez").statusCode()).isEqualTo(200);
        assertHealth("/readyz", 503, "it has not started yet\n");
    }

    @Test
    void itIsAsWellAsItsParts() throws Exception {
        monitor.watch(part());
        assertHealth("/livez", 200, "live\n");
        assertHealth("/readyz", 200, "ready\n");
        whyNotReady = Optional.of("classifier: no weights yet");
        assertHealth("/livez", 200, "live\n");
        assertHealth("/readyz", 503, "classifier: no weights yet\n");
        whyNotLive = Optional.of("classifier: Kafka Streams is ERROR");
        assertHealth("/livez", 503, "classifier: Kafka Streams is ERROR\n");
    }

    @Test
    void listensOnLoopbackAlone() throws Exception {
        assertThat(server.url().getHost()).isEqualTo("127.0.0.1");
        Optional<InetAddress> outer = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
                .findFirst();
        if (outer.isPresent()) {
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> new Socket(outer.get(), server.url().getPort()).close());
        }
    }

    @Test
    void aPortInUseIsOneSentence() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            assertThatExceptionOfType(UserException.class)
                    .isThrownBy(() -> serve("--monitor-port", port))
                    .withMessage("metrics cannot be served on 127.0.0.1:" + port + " (Address already in use); choose"
                            + " another port with --monitor-port, 0 for a free one, off for none");
            assertThatExceptionOfType(UserException.class)
                    .isThrownBy(() -> options("--monitor-port", port).serveRole(0, monitor));
            assertThatExceptionOfType(UserException.class)
                    .isThrownBy(() -> options().serve(taken.getLocalPort(), monitor));
            try (MonitorServer beside = options().serveRole(taken.getLocalPort(), monitor)) {
                assertThat(beside.url().getPort()).isNotEqualTo(taken.getLocalPort());
            }
        }
    }

    @Test
    void offServesNothing() {
        assertThat(serve("--monitor-port", "off")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "65536", "999999", "on", ""})
    void badPortsAreUsageErrors(String port) {
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> serve("--monitor-port", port))
                .withMessage("--monitor-port is '" + port + "'; it must be 0 to 65535, or off");
    }

    @Test
    void anUnknownHostIsAUsageError() {
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> serve("--monitor-port", "0", "--monitor-host", "no.such.host.invalid"))
                .withMessage("--monitor-host is 'no.such.host.invalid'; it must be an address of this machine, or a"
                        + " name that resolves to one");
    }

    private MonitorServer serve(String... args) {
        return options(args).serve(1, monitor);
    }

    private static MonitorOptions options(String... args) {
        MonitorOptions options = new MonitorOptions();
        new CommandLine(new NoCommand()).addMixin("monitor", options).parseArgs(args);
        return options;
    }

    private HealthCheck part() {
        return new HealthCheck() {
            @Override
            public Optional<String> whyNotLive() {
                return whyNotLive;
            }

            @Override
            public Optional<String> whyNotReady() {
                return whyNotReady;
            }
        };
    }

    private void assertHealth(String path, int status, String body) throws Exception {
        HttpResponse<String> answer = get(path);
        assertThat(answer.statusCode()).as(path).isEqualTo(status);
        assertThat(answer.body()).as(path).isEqualTo(body);
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send("GET", path);
    }

    private HttpResponse<String> send(String method, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri(path))
                .method(method, BodyPublishers.noBody())
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.url().getPort() + path);
    }
}
