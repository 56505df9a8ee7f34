package dev.inkstream.dataset;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// A mirror of MNIST on the loopback interface.
final class Mirror implements AutoCloseable {
    private static final String BASE = "/mnist/";

    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch closed = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;

    private Mirror(HttpHandler handler) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext(BASE, exchange -> {
            requests.add(name(exchange));
            handler.handle(exchange);
        });
        server.start();
    }

    /// Serves files by name, and 404 for all others.
    static Mirror serving(Map<String, byte[]> files) throws IOException {
        return new Mirror(exchange -> {
            byte[] file = files.get(name(exchange));
            try (exchange) {
                exchange.sendResponseHeaders(file == null ? 404 : 200, file == null ? -1 : file.length);
                if (file != null) {
                    exchange.getResponseBody().write(file);
                }
            }
        });
    }

    /// Promises a thousand bytes, sends ten and then nothing more.
    static Mirror stalling() throws IOException {
        CountDownLatch[] never = new CountDownLatch[1];
        Mirror mirror = new Mirror(exchange -> {
            exchange.sendResponseHeaders(200, 1_000);
            exchange.getResponseBody().write(new byte[10]);
            exchange.getResponseBody().flush();
            try {
                never[0].await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        never[0] = mirror.closed;
        return mirror;
    }

    URI address() {
        return URI.create("http://localhost:" + server.getAddress().getPort() + BASE);
    }

    /// The names asked for, in order.
    List<String> requests() {
        return List.copyOf(requests);
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.close();
    }

    private static String name(HttpExchange exchange) {
        return exchange.getRequestURI().getPath().substring(BASE.length());
    }
}
