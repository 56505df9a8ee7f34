package dev.inkstream.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.inkstream.app.console.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/// The versions of the other engines.
///
/// @param djl the binding that calls PyTorch
record Peers(String onnxRuntime, String pyTorch, String djl) {
    /// As the build wrote them.
    static Peers read() {
        Properties versions = new Properties();
        try (InputStream in = Peers.class.getResourceAsStream("peers.properties")) {
            versions.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Peers(
                versions.getProperty("onnxruntime"), versions.getProperty("pytorch"), versions.getProperty("djl"));
    }

    String text() {
        return "ONNX Runtime %s, PyTorch %s (DJL %s)".formatted(onnxRuntime, pyTorch, djl);
    }

    ObjectNode toJson() {
        return Json.object()
                .put("onnxRuntime", onnxRuntime)
                .put("pyTorch", pyTorch)
                .put("djl", djl);
    }
}
