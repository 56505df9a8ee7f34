package dev.inkstream.codec;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/// One question to a schema registry, whichever server answers it. Immutable.
///
/// @param path after the registry's own, with a slash in front
/// @param body JSON to post; empty to get
record RegistryRequest(String path, Optional<String> body) {
    private static final String CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";

    static RegistryRequest get(String path) {
        return new RegistryRequest(path, Optional.empty());
    }

    static RegistryRequest post(String path, String json) {
        return new RegistryRequest(path, Optional.of(json));
    }

    URI at(RegistryUrl server) {
        return URI.create(server.base() + path);
    }

    /// @param target where the server is asked, which a redirect may have changed
    HttpRequest http(URI target, Optional<String> authorization) {
        HttpRequest.Builder request = HttpRequest.newBuilder(target).header("Accept", CONTENT_TYPE);
        authorization.ifPresent(credentials -> request.header("Authorization", credentials));
        body.ifPresentOrElse(
                json -> request.header("Content-Type", CONTENT_TYPE).POST(BodyPublishers.ofString(json)), request::GET);
        return request.build();
    }

    /// The value of the header for a user and a password.
    static String basic(String userInfo) {
        return "Basic " + Base64.getEncoder().encodeToString(userInfo.getBytes(StandardCharsets.UTF_8));
    }

    /// Method and path, for a person.
    @Override
    public String toString() {
        return (body.isPresent() ? "POST " : "GET ") + path;
    }
}
