package dev.inkstream.codec;

import dev.inkstream.codec.RegistryAttempt.Answered;
import dev.inkstream.codec.RegistryAttempt.Outage;
import dev.inkstream.codec.RegistryAttempt.Refused;
import dev.inkstream.record.Causes;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// One attempt to ask one server. Thread-safe.
///
/// HTTP/1.1 alone: a request that offers an upgrade to HTTP/2, as the JDK's client does by default, is refused by
/// some servers, and loses its body on others. Redirects are followed on the same server only, since the request
/// carries credentials.
final class RegistryHttp {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final int MAX_REDIRECTS = 5;

    private static final String CHECK_URL = "check schema.registry.url";

    private final HttpClient http;
    private final Optional<String> authorization;

    RegistryHttp(RestSchemaRegistry.Settings settings) {
        HttpClient.Builder client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT_TIMEOUT);
        settings.tls().ifPresent(client::sslContext);
        this.http = client.build();
        this.authorization = settings.authorization();
    }

    /// @param deadline of the whole answer, with its body and the redirects to it
    /// @throws InterruptedException if the thread is interrupted
    RegistryAttempt ask(RegistryRequest request, RegistryUrl server, RegistryDeadline deadline)
            throws InterruptedException {
        URI target = request.at(server);
        Optional<String> credentials =
                server.userInfo().map(RegistryRequest::basic).or(() -> authorization);
        try {
            for (int redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
                HttpResponse<RegistryBody.Text> response = send(request.http(target, credentials), deadline.left());
                Optional<URI> next = redirect(response, target);
                if (next.isEmpty()) {
                    return judged(response, request);
                }
                if (!server.isSameOrigin(next.get())) {
                    return new Refused("redirects to " + shown(next.get()), "set schema.registry.url to that", null);
                }
                target = next.get();
            }
            return new Refused("redirects more than " + MAX_REDIRECTS + " times", CHECK_URL, null);
        } catch (IOException e) {
            return RegistryFailures.of(e);
        }
    }

    /// The JDK's own timeout of a request ends with the headers; this one holds until the end of the body.
    private HttpResponse<RegistryBody.Text> send(HttpRequest request, Duration atMost)
            throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<RegistryBody.Text>> response =
                http.sendAsync(request, headers -> new RegistryBody());
        try {
            return response.get(atMost.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw (IOException) new HttpTimeoutException("no answer in " + atMost.toMillis() + " ms").initCause(e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw Causes.unwrapped(e);
        } finally {
            // Closes the connection of a server that stalls; does nothing after an answer.
            response.cancel(true);
        }
    }

    private static RegistryAttempt judged(HttpResponse<RegistryBody.Text> response, RegistryRequest request) {
        RegistryAnswer answer = RegistryAnswer.of(response.statusCode(), response.body());
        String what = "answered " + request + " with " + answer.reason();
        return switch (response.statusCode()) {
            case 200 ->
                answer.body().isObject() || answer.isTooLong()
                        ? new Answered(answer)
                        : outage("answered " + request + " with something that is not a JSON object", response);
            case 401, 403 ->
                new Refused(
                        what,
                        "give the right user and password (basic.auth.user.info, or in schema.registry.url)",
                        null);
            case 404 ->
                answer.saysNotFound()
                        ? new Answered(answer)
                        : outage(what + ", which is not a registry's answer", response);
            case 408, 429 -> outage(what, response);
            default -> response.statusCode() >= 500 ? outage(what, response) : new Answered(answer);
        };
    }

    private static Outage outage(String what, HttpResponse<?> response) {
        String remedy = response.statusCode() < 408 ? CHECK_URL + " and its path" : "check that the registry works";
        return new Outage(what, remedy, retryAfter(response), null);
    }

    /// In seconds; a date is not understood, and the usual pause is made.
    private static Optional<Duration> retryAfter(HttpResponse<?> response) {
        return response.headers()
                .firstValue("Retry-After")
                .filter(value -> value.matches("[0-9]{1,6}"))
                .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)));
    }

    /// Where a response redirects to with the same method and body.
    private static Optional<URI> redirect(HttpResponse<?> response, URI from) throws IOException {
        return switch (response.statusCode()) {
            case 301, 302, 307, 308 -> {
                String location = response.headers()
                        .firstValue("Location")
                        .orElseThrow(() -> new IOException("a redirect without a location"));
                try {
                    yield Optional.of(from.resolve(location));
                } catch (IllegalArgumentException e) {
                    throw new IOException("a redirect to a location that is no URI", e);
                }
            }
            default -> Optional.empty();
        };
    }

    /// Without anything that could be a secret.
    private static String shown(URI target) {
        return RegistryAnswer.line(
                target.getScheme() + "://" + target.getHost() + (target.getPort() < 0 ? "" : ":" + target.getPort()));
    }
}
