package dev.inkstream.record;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/// A schema registry behind Confluent's REST API (also Karapace's, Redpanda's and Apicurio's `ccompat`).
/// Thread-safe.
///
/// What it has been told it keeps: an id means the same schema for ever. That an id is unknown it believes for
/// [#UNKNOWN_FOR], since a producer may register a schema a moment later.
public final class RestSchemaRegistry implements SchemaRegistry {
    /// How long an unknown id stays unknown without asking again.
    public static final Duration UNKNOWN_FOR = Duration.ofSeconds(30);

    private static final int MAX_CACHED = 1_000;
    private static final int MAX_RESPONSE_CHARS = 4_000_000;
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final String CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";

    /// @param url where the registry is, with its path if it has one
    /// @param basicAuth `user:password`, empty for none
    /// @param autoRegister whether new schemas may be registered; otherwise they must be there
    public record Settings(URI url, Optional<String> basicAuth, boolean autoRegister) {
        /// Without the password.
        @Override
        public String toString() {
            return url.toString();
        }
    }

    private final Settings settings;
    private final InstantSource clock;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private final ObjectMapper json = new ObjectMapper();
    private final Map<Integer, Schema> known = bounded();
    private final Map<Integer, Instant> unknownUntil = bounded();

    /// @param clock tells when an unknown id may be asked for again
    public RestSchemaRegistry(Settings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public int register(String subject, Schema schema) {
        String path = "/subjects/"
                + URLEncoder.encode(subject, StandardCharsets.UTF_8).replace("+", "%20")
                + (settings.autoRegister() ? "/versions" : "");
        ObjectNode body = json.createObjectNode().put("schema", schema.toString());
        HttpResponse<String> response = send(
                request(path).POST(BodyPublishers.ofString(body.toString())).build());
        if (response.statusCode() == 404 && !settings.autoRegister()) {
            throw new SchemaRegistryException("schema registry " + settings + " has no schema "
                    + schema.getFullName() + " under subject " + subject
                    + "; register it, or set auto.register.schemas=true");
        }
        JsonNode id = parse(ok(response, "register " + schema.getFullName() + " under " + subject))
                .path("id");
        if (!id.isInt()) {
            throw new SchemaRegistryException("schema registry " + settings + " answered without a schema id");
        }
        known.put(id.intValue(), schema);
        return id.intValue();
    }

    @Override
    public Optional<Schema> byId(int id) {
        Schema schema = known.get(id);
        if (schema != null) {
            return Optional.of(schema);
        }
        Instant until = unknownUntil.get(id);
        if (until != null && clock.instant().isBefore(until)) {
            return Optional.empty();
        }
        return fetch(id);
    }

    private Optional<Schema> fetch(int id) {
        // The ids of a registry are positive; any other is a producer's mistake, and not worth a request.
        HttpResponse<String> response =
                id < 0 ? null : send(request("/schemas/ids/" + id).GET().build());
        if (response == null || response.statusCode() == 404) {
            return unknown(id);
        }
        JsonNode text = parse(ok(response, "give schema " + id)).path("schema");
        if (!text.isTextual()) {
            throw new SchemaRegistryException("schema registry " + settings + " answered without a schema");
        }
        try {
            Schema schema = new Schema.Parser().parse(text.textValue());
            known.put(id, schema);
            return Optional.of(schema);
        } catch (AvroRuntimeException e) {
            // A Protobuf or JSON schema is no failure of the registry, but a mistake of whoever sent the record.
            return unknown(id);
        }
    }

    private Optional<Schema> unknown(int id) {
        unknownUntil.put(id, clock.instant().plus(UNKNOWN_FOR));
        return Optional.empty();
    }

    private HttpRequest.Builder request(String path) {
        String base = settings.url().toString().replaceAll("/+$", "");
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(TIMEOUT)
                .header("Content-Type", CONTENT_TYPE)
                .header("Accept", CONTENT_TYPE);
        settings.basicAuth()
                .map(auth -> Base64.getEncoder().encodeToString(auth.getBytes(StandardCharsets.UTF_8)))
                .ifPresent(encoded -> request.header("Authorization", "Basic " + encoded));
        return request;
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.limiting(BodyHandlers.ofString(), MAX_RESPONSE_CHARS));
        } catch (IOException e) {
            throw new SchemaRegistryException(
                    "schema registry " + settings + " does not answer (" + e + "); check schema.registry.url", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SchemaRegistryException("interrupted while asking schema registry " + settings, e);
        }
    }

    private String ok(HttpResponse<String> response, String what) {
        if (response.statusCode() != 200) {
            throw new SchemaRegistryException("schema registry " + settings + " did not " + what + ": HTTP "
                    + response.statusCode() + " " + response.body());
        }
        return response.body();
    }

    private JsonNode parse(String body) {
        try {
            return json.readTree(body);
        } catch (JsonProcessingException e) {
            throw new SchemaRegistryException(
                    "schema registry " + settings + " answered with something that is not JSON", e);
        }
    }

    private static <V> Map<Integer, V> bounded() {
        return Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Integer, V> eldest) {
                return size() > MAX_CACHED;
            }
        });
    }
}
