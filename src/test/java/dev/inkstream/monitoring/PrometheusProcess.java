package dev.inkstream.monitoring;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ConditionTimeoutException;

/// A real Prometheus that scrapes one target every second, on a free port of loopback.
final class PrometheusProcess implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(30);

    private final Process process;
    private final PrometheusApi api;
    private final Path log;

    private PrometheusProcess(Process process, URI uri, Path log) {
        this.process = process;
        this.api = new PrometheusApi(uri);
        this.log = log;
    }

    /// @param directory an empty one, for its configuration, its data and its log
    /// @param metrics the page to scrape
    static PrometheusProcess start(Path directory, URI metrics) throws IOException {
        Path config = Files.writeString(directory.resolve("prometheus.yml"), configuration(metrics));
        String address = "127.0.0.1:" + freePort();
        Path log = directory.resolve("log");
        Process process = new ProcessBuilder(List.of(
                        "prometheus",
                        "--config.file=" + config,
                        "--storage.tsdb.path=" + directory.resolve("data"),
                        "--web.listen-address=" + address,
                        "--log.level=warn"))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        PrometheusProcess prometheus = new PrometheusProcess(process, URI.create("http://" + address + "/"), log);
        try {
            prometheus.awaitReady();
        } catch (IOException | RuntimeException e) {
            prometheus.close();
            throw e;
        }
        return prometheus;
    }

    /// The job is one of `prometheus/prometheus.yml`, since an alert knows them by name.
    private static String configuration(URI metrics) {
        return """
                global:
                  scrape_interval: 1s
                  scrape_timeout: 1s
                scrape_configs:
                  - job_name: classifier
                    metrics_path: %s
                    static_configs:
                      - targets: ["%s"]
                """.formatted(metrics.getPath(), metrics.getAuthority());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void awaitReady() throws IOException {
        try {
            await().atMost(START).pollInterval(Duration.ofMillis(50)).until(() -> !process.isAlive() || api.isReady());
        } catch (ConditionTimeoutException e) {
            throw new IOException("Prometheus did not start: " + Files.readString(log), e);
        }
        if (!process.isAlive()) {
            throw new IOException("Prometheus ended: " + Files.readString(log));
        }
    }

    PrometheusApi api() {
        return api;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        api.close();
    }
}
