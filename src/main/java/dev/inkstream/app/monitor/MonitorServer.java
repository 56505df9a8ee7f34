package dev.inkstream.app.monitor;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Serves `/metrics`, `/livez` and `/readyz`. No answer waits for a request's body, and what a slow client can hold is
/// bounded by the number of connections and their time.
public final class MonitorServer implements AutoCloseable {
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final int METHOD_NOT_ALLOWED = 405;
    private static final int UNAVAILABLE = 503;
    private static final int BACKLOG = 16;
    private static final String TEXT = "text/plain; charset=utf-8";

    /// The server's own limits; seconds where they are times. Head and body are two packets, of which the second would
    /// wait for the reader's acknowledgement, some 40 ms. Whoever sets them on the command line wins.
    private static final Map<String, String> SETTINGS = Map.of(
            "sun.net.httpserver.nodelay", "true",
            "jdk.httpserver.maxConnections", "64",
            "sun.net.httpserver.maxReqTime", "10",
            "sun.net.httpserver.maxRspTime", "30");

    private final Monitor monitor;
    private final HttpServer server;
    private final ExecutorService threads;

    private MonitorServer(Monitor monitor, HttpServer server) {
        this.monitor = monitor;
        this.server = server;
        threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("inkstream-monitor-", 0).factory());
    }

    /// @param address where to listen; port 0 for a free one
    /// @throws BindException if the port is taken or not ours
    /// @throws IOException if there is no such address
    public static MonitorServer start(InetSocketAddress address, Monitor monitor) throws IOException {
        SETTINGS.forEach((name, value) -> {
            if (System.getProperty(name) == null) {
                System.setProperty(name, value);
            }
        });
        MonitorServer started = new MonitorServer(monitor, HttpServer.create(address, BACKLOG));
        started.server.createContext("/", started::handle);
        started.server.setExecutor(started.threads);
        started.server.start();
        return started;
    }

    /// Where its metrics are.
    public URI url() {
        InetSocketAddress address = server.getAddress();
        String host = address.getAddress().getHostAddress();
        return URI.create(
                "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort() + "/metrics");
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            switch (exchange.getRequestMethod()) {
                case "GET", "HEAD" -> get(exchange);
                default -> {
                    exchange.getResponseHeaders().set("Allow", "GET, HEAD");
                    answer(exchange, METHOD_NOT_ALLOWED, TEXT, line("only GET and HEAD are allowed"));
                }
            }
        }
    }

    private void get(HttpExchange exchange) throws IOException {
        switch (exchange.getRequestURI().getPath()) {
            case "/metrics" -> answer(exchange, OK, Monitor.CONTENT_TYPE, monitor.metrics());
            case "/livez" -> answerHealth(exchange, "live", monitor.whyNotLive());
            case "/readyz" -> answerHealth(exchange, "ready", monitor.whyNotReady());
            case null, default ->
                answer(exchange, NOT_FOUND, TEXT, line("there are /metrics, /livez and /readyz, and nothing else"));
        }
    }

    private static void answerHealth(HttpExchange exchange, String well, Optional<String> whyNot) throws IOException {
        answer(exchange, whyNot.isEmpty() ? OK : UNAVAILABLE, TEXT, line(whyNot.orElse(well)));
    }

    private static void answer(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
            exchange.sendResponseHeaders(status, -1);
        } else {
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            // Now, and not when the server has given up on the body that the request may announce.
            exchange.getResponseBody().flush();
        }
    }

    private static byte[] line(String text) {
        return (text + "\n").getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
