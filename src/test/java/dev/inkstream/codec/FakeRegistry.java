package dev.inkstream.codec;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.avro.Schema;

/// A schema registry of canned answers that remembers what it was asked. As servers do that know no HTTP/2 without
/// TLS, it refuses a request that offers an upgrade.
public final class FakeRegistry implements AutoCloseable {
    public static final String UNKNOWN = "{\"error_code\":40403,\"message\":\"Schema not found\"}";

    /// @param authorization the header of that name
    public record Request(String line, String body, Optional<String> authorization, Optional<String> contentType) {}

    /// @param header name and value with ": " between; empty for none
    /// @param stalls whether the body is announced to be longer, and the rest never comes
    public record Answer(int status, String body, String header, boolean stalls) {
        Answer(int status, String body, String header) {
            this(status, body, header, false);
        }

        static Answer of(int status, String body) {
            return new Answer(status, body, "");
        }

        static Answer stalled(int status, String body) {
            return new Answer(status, body, "", true);
        }
    }

    private final HttpServer server;
    private final Map<String, Queue<Answer>> answers = new ConcurrentHashMap<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private volatile Runnable beforeEachAnswer = () -> {};

    public FakeRegistry() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::handle);
        server.start();
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    public void answer(String line, int status, String body) {
        answer(line, Answer.of(status, body));
    }

    /// One after the other; the last one stays.
    public void answer(String line, Answer... inTurn) {
        answers.put(line, new ArrayDeque<>(Arrays.asList(inTurn)));
    }

    public void beforeEachAnswer(Runnable run) {
        beforeEachAnswer = run;
    }

    public static String schema(Schema schema) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("schema", schema.toString())
                .toString();
    }

    public List<Request> requests() {
        return List.copyOf(requests);
    }

    public List<String> lines() {
        return requests.stream().map(Request::line).toList();
    }

    private void handle(HttpExchange exchange) throws IOException {
        Answer answer = received(exchange);
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        if (!answer.header().isEmpty()) {
            String[] header = answer.header().split(": ", 2);
            exchange.getResponseHeaders().add(header[0], header[1]);
        }
        beforeEachAnswer.run();
        long announced = answer.stalls() ? body.length + 1_000L : body.length;
        exchange.sendResponseHeaders(answer.status(), announced == 0 ? -1 : announced);
        exchange.getResponseBody().write(body);
        exchange.getResponseBody().flush();
        if (!answer.stalls()) {
            exchange.close();
        }
    }

    private Answer received(HttpExchange exchange) throws IOException {
        String line = exchange.getRequestMethod() + " " + exchange.getRequestURI();
        requests.add(new Request(
                line,
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8),
                Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization")),
                Optional.ofNullable(exchange.getRequestHeaders().getFirst("Content-Type"))));
        return exchange.getRequestHeaders().containsKey("Upgrade")
                ? Answer.of(400, "Unsupported upgrade request.")
                : next(line);
    }

    private Answer next(String line) {
        Queue<Answer> inTurn = answers.get(line);
        if (inTurn == null) {
            return Answer.of(404, UNKNOWN);
        }
        return inTurn.size() > 1 ? inTurn.remove() : inTurn.element();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
