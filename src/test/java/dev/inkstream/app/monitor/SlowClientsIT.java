package dev.inkstream.app.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Probes and scrapes are answered while other clients hold on to their connections.
class SlowClientsIT {
    private static final int CLIENTS = 200;
    private static final int SERIES = 200;
    private static final int METERS = 25;
    private static final Duration BOUND = Duration.ofSeconds(5);

    private final Monitor monitor = new Monitor();
    private final List<Socket> clients = new ArrayList<>();
    private MonitorServer server;

    @BeforeEach
    void start() throws IOException {
        for (int i = 0; i < SERIES; i++) {
            for (int j = 0; j < METERS; j++) {
                monitor.meters()
                        .counter("inkstream.images.number." + j, "role", "role-" + i)
                        .increment();
            }
        }
        server = MonitorServer.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), monitor);
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
        for (Socket each : clients) {
            each.close();
        }
    }

    /// Readers that read nothing of more than the buffers hold; requests that never end; no request at all.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /metrics HTTP/1.1\r\nHost: x\r\n\r\nGET /metrics HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /livez HT",
                "G",
                ""
            })
    void probesAreAnswered(String sent) throws Exception {
        for (int i = 0; i < CLIENTS; i++) {
            connect(sent);
        }
        for (int i = 0; i < 3; i++) {
            assertThat(get("/livez").body()).isEqualTo("live\n");
            assertThat(get("/readyz").statusCode()).isEqualTo(503);
            assertThat(get("/metrics").body())
                    .hasSizeGreaterThan(250_000)
                    .contains("inkstream_images_number_0_total{role=\"role-0\"} 1.0\n");
        }
    }

    @Test
    void theOldestUnfinishedRequestIsCutOff() throws Exception {
        for (int i = 0; i < CLIENTS; i++) {
            connect("GET /met");
        }
        Socket oldest = clients.getFirst();
        oldest.setSoTimeout((int) BOUND.toMillis());
        assertThat(oldest.getInputStream().read()).isEqualTo(-1);
        Socket newest = clients.getLast();
        newest.getOutputStream().write("rics HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        assertThat(newest.getInputStream().read()).isEqualTo('H');
    }

    @Test
    void anUnfinishedRequestIsCutOffInTime() throws Exception {
        connect("GET /met");
        Socket only = clients.getFirst();
        only.setSoTimeout(20_000);
        assertThat(only.getInputStream().read()).isEqualTo(-1);
    }

    private void connect(String sent) throws IOException {
        Socket slow = new Socket();
        clients.add(slow);
        slow.setReceiveBufferSize(1_024);
        slow.connect(
                new InetSocketAddress(
                        InetAddress.getLoopbackAddress(), server.url().getPort()),
                (int) BOUND.toMillis());
        slow.getOutputStream().write(sent.getBytes(StandardCharsets.US_ASCII));
    }

    /// On a connection of its own each time, as kubelet does.
    private HttpResponse<String> get(String path) throws Exception {
        try (HttpClient fresh = HttpClient.newHttpClient()) {
            URI uri = URI.create("http://127.0.0.1:" + server.url().getPort() + path);
            return fresh.send(HttpRequest.newBuilder(uri).timeout(BOUND).build(), BodyHandlers.ofString());
        }
    }
}
