package dev.inkstream.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Asks a running Prometheus.
final class PrometheusApi implements AutoCloseable {
    private final HttpClient client = HttpClient.newHttpClient();
    private final URI uri;

    /// @param uri where it listens, with a slash at the end
    PrometheusApi(URI uri) {
        this.uri = uri;
    }

    boolean isReady() throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri.resolve("-/ready")).build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false; // it does not listen yet
        }
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
        client.close();
    }
}
