package dev.inkstream.app.monitor;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Serves `/metrics`, `/livez` and `/readyz`. Probes are answered whatever other clients do: a client that sends half a
/// request or reads no answer is cut off after ten seconds, or earlier if its place is needed. Thread-safe.
public final class MonitorServer implements AutoCloseable {
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final int METHOD_NOT_ALLOWED = 405;
    private static final int UNAVAILABLE = 503;
    private static final int BACKLOG = 256;
    private static final String TEXT = "text/plain; charset=utf-8";

    /// Requests under way. The JDK's server closes a connection that sends nothing after 30 s; until then it
    /// costs no thread.
    private static final int MAX_REQUESTS = 128;

    /// Scrapes under way: each has all metrics in memory, some 100 KB.
    private static final int MAX_SCRAPES = 8;

    private static final Duration MAX_TIME = Duration.ofSeconds(10);

    private final Places requests = new Places(MAX_REQUESTS, System::nanoTime);
    private final Places scrapes = new Places(MAX_SCRAPES, System::nanoTime);
    private final Semaphore reading = new Semaphore(1);
    private final Monitor monitor;
    private final HttpServer server;
    private final ExecutorService threads;
    private final ScheduledExecutorService deadline;

    private MonitorServer(Monitor monitor, HttpServer server) {
        this.monitor = monitor;
        this.server = server;
        threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("inkstream-monitor-", 0).factory());
        deadline = Executors.newSingleThreadScheduledExecutor(
                Thread.ofVirtual().name("inkstream-monitor-deadline").factory());
    }

    /// @param address where to listen; port 0 for a free one
    /// @throws BindException if the port is taken or not ours
    /// @throws IOException if there is no such address
    public static MonitorServer start(InetSocketAddress address, Monitor monitor) throws IOException {
        MonitorServer started = new MonitorServer(monitor, HttpServer.create(address, BACKLOG));
        started.server.createContext("/", started::handle);
        started.server.setExecutor(started::execute);
        started.server.start();
        var _ = started.deadline.scheduleAtFixedRate(
                () -> started.requests.interruptAfter(MAX_TIME.toNanos()), 1, 1, TimeUnit.SECONDS);
        return started;
    }

    /// Reads and answers one request.
    private void execute(Runnable exchange) {
        threads.execute(() -> {
            try (var _ = requests.enter()) {
                exchange.run();
            }
        });
    }

    /// Where its metrics are.
    public URI url() {
        InetSocketAddress address = server.getAddress();
        String host = address.getAddress().getHostAddress();
        return URI.create(
                "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort() + "/metrics");
    }

    /// One request for each connection, so that nobody holds one or sends many requests at once.
    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getResponseHeaders().set("Connection", "close");
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
            case "/metrics" -> scrape(exchange);
            case "/livez" -> answerHealth(exchange, "live", monitor.whyNotLive());
            case "/readyz" -> answerHealth(exchange, "ready", monitor.whyNotReady());
            case null, default ->
                answer(exchange, NOT_FOUND, TEXT, line("there are /metrics, /livez and /readyz, and nothing else"));
        }
    }

    private void scrape(HttpExchange exchange) throws IOException {
        try (var _ = scrapes.enter()) {
            answer(exchange, OK, Monitor.CONTENT_TYPE, metrics());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// One at a time, so that many scrapes leave processors to the probes.
    private byte[] metrics() throws InterruptedException {
        reading.acquire();
        try {
            return monitor.metrics();
        } finally {
            reading.release();
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
        deadline.shutdownNow();
        server.stop(0);
        threads.shutdownNow();
        threads.close();
    }
}
