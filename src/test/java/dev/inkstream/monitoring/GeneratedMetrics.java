package dev.inkstream.monitoring;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/// Serves every metric of `docs/metrics.md` with every label, as numbers that change from scrape to scrape.
final class GeneratedMetrics implements AutoCloseable {
    private static final Map<String, List<String>> OPEN_LABELS = Map.of(
            "label", List.of("0", "1", "2"),
            "prediction", List.of("0", "1", "2"),
            "topic", List.of("images", "labeled-images"),
            "reason", List.of("undecodable"),
            "state", List.of("RUNNING", "ERROR"));

    private final Collection<DocumentedMetric> metrics = DocumentedMetric.all().values();
    private final HttpServer server;
    private long scrapes;

    GeneratedMetrics() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/metrics", this::answer);
        server.start();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/metrics");
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] page = page().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
        exchange.sendResponseHeaders(200, page.length);
        exchange.getResponseBody().write(page);
        exchange.close();
    }

    private String page() {
        scrapes++;
        StringBuilder page = new StringBuilder();
        for (DocumentedMetric metric : metrics) {
            page.append("# TYPE %s %s\n".formatted(metric.name(), metric.type()));
            for (String labels : labelings(metric)) {
                append(page, metric, labels);
            }
        }
        return page.toString();
    }

    private void append(StringBuilder page, DocumentedMetric metric, String labels) {
        if (metric.isHistogram()) {
            for (String bound : List.of("0.1", "1.0", "+Inf")) {
                line(page, metric.name() + "_bucket", labels + "le=\"" + bound + "\",", scrapes);
            }
            line(page, metric.name() + "_count", labels, scrapes);
            line(page, metric.name() + "_sum", labels, scrapes);
        } else {
            line(page, metric.name(), labels, metric.isCounter() ? scrapes : gauge(metric, labels));
        }
    }

    private long gauge(DocumentedMetric metric, String labels) {
        if (metric.name().endsWith("_version")) {
            return scrapes; // the annotations wait for a new one
        }
        return labels.contains("ERROR") || labels.contains("failed") ? 0 : 1;
    }

    private static void line(StringBuilder page, String name, String labels, long value) {
        page.append(name).append('{').append(labels).append("} ").append(value).append('\n');
    }

    /// Every combination of the values of its labels with its roles, each as it stands between the braces.
    private static List<String> labelings(DocumentedMetric metric) {
        List<String> labelings = metric.roles().stream()
                .map(role -> "role=\"" + role + "\",model=\"digits\",")
                .toList();
        for (Map.Entry<String, List<String>> label : metric.labels().entrySet()) {
            List<String> values = label.getValue().isEmpty() ? OPEN_LABELS.get(label.getKey()) : label.getValue();
            labelings = labelings.stream()
                    .flatMap(before -> values.stream().map(value -> before + label.getKey() + "=\"" + value + "\","))
                    .toList();
        }
        return labelings;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
