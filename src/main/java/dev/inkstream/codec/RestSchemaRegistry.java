package dev.inkstream.codec;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.apache.avro.Schema;

/// A schema registry behind Confluent's REST API (also Karapace's, Redpanda's and Apicurio's `ccompat`).
/// Thread-safe.
///
/// An id means the same schema for ever, so schemas are cached. That an id is unknown is believed for
/// [UnknownIds#UNKNOWN_FOR], since a producer may register a schema a moment later. The ids that schemas have
/// without a registry are read without asking it, so that topics stay readable when one is introduced.
public final class RestSchemaRegistry implements SchemaRegistry {
    private static final int MAX_CACHED = 1_000;
    private static final long MAX_CACHED_CHARS = 8_000_000;

    /// @param urls where the registry is; the next is asked when one fails
    /// @param authorization value of the header; an address with user and password wins
    /// @param tls for https; empty for the JDK's
    /// @param autoRegister whether new schemas may be registered; otherwise they must be there
    public record Settings(
            List<RegistryUrl> urls, Optional<String> authorization, Optional<SSLContext> tls, boolean autoRegister) {
        public Settings {
            if (urls.isEmpty()) {
                throw new IllegalArgumentException("urls has none; it must have one or more");
            }
            urls = List.copyOf(urls);
        }

        /// Without secrets.
        @Override
        public String toString() {
            return urls.toString();
        }
    }

    private final boolean autoRegister;
    private final RegistryPatience patience;
    private final RegistryServers servers;
    private final RegistryTime time;
    private final FollowerLag lag;
    private final UnknownIds unknown;
    private final KnownSchemas known = new KnownSchemas(MAX_CACHED, MAX_CACHED_CHARS);
    /// One entry for each topic that this process writes to.
    private final Map<String, Integer> registered = new ConcurrentHashMap<>();

    /// @param notices takes a sentence when the registry stops answering; called from any thread
    public RestSchemaRegistry(
            Settings settings, RegistryPatience patience, RegistryTime time, Consumer<String> notices) {
        this.autoRegister = settings.autoRegister();
        this.patience = patience;
        this.servers = new RegistryServers(settings, time, notices);
        this.time = time;
        this.lag = new FollowerLag(patience.unknown(), time);
        this.unknown = new UnknownIds(patience.unknown(), time);
    }

    @Override
    public int register(String subject, Schema schema) {
        return registered.computeIfAbsent(subject + " " + schema.getFullName(), key -> ask(subject, schema));
    }

    private int ask(String subject, Schema schema) {
        String path = "/subjects/"
                + URLEncoder.encode(subject, StandardCharsets.UTF_8).replace("+", "%20")
                + (autoRegister ? "/versions" : "");
        String json = JsonNodeFactory.instance
                .objectNode()
                .put("schema", schema.toString())
                .toString();
        RegistryLookUp lookUp = new RegistryLookUp(
                servers, RegistryDeadline.in(patience.register(), time), new FollowerLag(patience.unknown(), time));
        RegistryAnswer answer =
                lookUp.ask(RegistryRequest.post(path, json), reply -> !autoRegister && reply.saysNotFound());
        if (!autoRegister && answer.saysNotFound()) {
            throw servers.failure("has no schema " + schema.getFullName() + " under subject " + subject
                    + "; register it, or set auto.register.schemas=true");
        }
        if (!answer.isOk()) {
            throw servers.failure(
                    "did not register " + schema.getFullName() + " under " + subject + ": " + answer.reason());
        }
        if (!answer.body().path("id").isInt()) {
            throw servers.failure("answered " + path + " without a schema id; check schema.registry.url");
        }
        return answer.body().path("id").intValue();
    }

    @Override
    public Schema byId(int id) {
        Optional<Schema> schema = BuiltInSchemas.byId(id).or(() -> known.get(id));
        if (schema.isPresent()) {
            return schema.get();
        }
        // The ids of a registry are positive; any other is a producer's mistake, and not worth a request.
        if (id < 0) {
            throw UnknownIds.unknown("schema id " + id + " is negative; it must be an id of the schema registry");
        }
        unknown.refuseIfKnown(id);
        return fetch(id);
    }

    private Schema fetch(int id) {
        RegistryLookUp lookUp = new RegistryLookUp(servers, RegistryDeadline.in(patience.lookUp(), time), lag);
        RegistryAnswer answer =
                lookUp.ask(RegistryRequest.get("/schemas/ids/" + id), RegistryAnswer::saysUnknownSchema);
        if (answer.saysUnknownSchema()) {
            throw unknown.remember(id, lookUp.waited(), "schema registry " + servers + " has no schema of id " + id);
        }
        if (!answer.isOk()) {
            throw servers.failure("did not give schema " + id + ": " + answer.reason());
        }
        try {
            WriterSchemas.Read read = new WriterSchemas(servers, lookUp).read(answer);
            known.put(id, read.schema(), read.chars());
            return read.schema();
        } catch (UnreadableSchemaException e) {
            throw unknown.remember(id, e.doubted(), "schema id " + id + " " + e.getMessage());
        }
    }
}
