package dev.inkstream.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A real Prometheus that scrapes one target every second, on a free port of loopback.
final class PrometheusProcess implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(30);

    private final HttpClient client = HttpClient.newHttpClient();
    private final Process process;
    private final URI uri;
    private final Path log;

    private PrometheusProcess(Process process, URI uri, Path log) {
        this.process = process;
        this.uri = uri;
        this.log = log;
    }

    /// @param directory an empty one, for its configuration, its data and its log
    /// @param metrics the page to scrape
    static PrometheusProcess start(Path directory, URI metrics) throws IOException, InterruptedException {
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
        } catch (IOException | InterruptedException | RuntimeException e) {
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

    private void awaitReady() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri.resolve("-/ready")).build();
        long started = System.nanoTime();
        while (System.nanoTime() - started < START.toNanos() && process.isAlive()) {
            try {
                if (client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
                    return;
                }
            } catch (IOException e) {
                // It does not listen yet.
            }
            Thread.sleep(50);
        }
        throw new IOException("Prometheus did not start: " + Files.readString(log));
    }

    /// The values that an expression has now, those left out that are not numbers.
    ///
    /// @throws IllegalArgumentException if Prometheus does not take it for PromQL, with what it says
    List<Double> values(String expression) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri.resolve("api/v1/query"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8)))
                .build();
        HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
        JsonNode answer = new ObjectMapper().readTree(response.body());
        if (!"success".equals(answer.path("status").asText())) {
            throw new IllegalArgumentException(answer.path("error").asText());
        }
        return Dashboard.nodes(answer.at("/data/result"))
                .map(sample -> sample.at("/value/1").asText())
                .filter(value -> !"NaN".equals(value))
                .map(value -> Double.valueOf(value.replace("Inf", "Infinity")))
                .toList();
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
        client.close();
    }
}
