package dev.inkstream.app.cluster;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// A schema registry that gives every schema the id [#ID], and starts when a test says so.
public final class LateRegistry implements AutoCloseable {
    public static final int ID = 7;

    private final InetSocketAddress address;
    private @Nullable HttpServer server;

    public LateRegistry() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            address = new InetSocketAddress(free.getInetAddress(), free.getLocalPort());
        }
    }

    public String url() {
        return "http://127.0.0.1:" + address.getPort();
    }

    public void start() throws IOException {
        HttpServer started = HttpServer.create(address, 0);
        started.createContext("/", exchange -> {
            byte[] body = "{\"id\":%d}".formatted(ID).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        started.start();
        server = started;
    }

    @Override
    public void close() {
        if (server != null) {
            server.stop(0);
        }
    }
}
