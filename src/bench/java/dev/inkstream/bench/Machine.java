package dev.inkstream.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.inkstream.app.console.BuildVersion;
import dev.inkstream.app.console.Json;
import dev.inkstream.network.Kernels;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/// On what the figures were measured.
///
/// @param cpu the processor's name
/// @param processors that this process may use
/// @param kernels which kernels of ours, and how many floats they take at a time
/// @param jdk vendor and version
/// @param inkstream the version of this build
/// @param peers the versions of the other engines
record Machine(String cpu, int processors, String kernels, String jdk, String inkstream, Peers peers) {
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
    }

    /// The one that this process runs on.
    static Machine here() {
        return new Machine(
                dev.inkstream.app.bench.Machine.cpuName(),
                Runtime.getRuntime().availableProcessors(),
                Kernels.description(),
                System.getProperty("java.vendor") + " " + Runtime.version(),
                BuildVersion.name(),
                Peers.read());
    }

    /// Two lines.
    String text() {
        return "%s, %d processors, JDK %s%n%s; %s%nONNX Runtime %s, PyTorch %s (DJL %s)"
                .formatted(cpu, processors, jdk, inkstream, kernels, peers.onnxRuntime, peers.pyTorch, peers.djl);
    }

    ObjectNode toJson() {
        return Json.object()
                .put("cpu", cpu)
                .put("processors", processors)
                .put("kernels", kernels)
                .put("jdk", jdk)
                .put("inkstream", inkstream)
                .put("onnxRuntime", peers.onnxRuntime)
                .put("pyTorch", peers.pyTorch)
                .put("djl", peers.djl);
    }
}
