package dev.inkstream.app.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.inkstream.app.console.Json;
import dev.inkstream.network.Kernels;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/// What a measurement ran on. Immutable.
///
/// @param cpu name of the processor
/// @param cores that the JVM may use
/// @param jdk version and vendor
/// @param kernels that the network computes with
public record Machine(String cpu, int cores, String jdk, String os, String kernels) {
    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
    private static final String MODEL = "model name";

    /// The one that this process runs on.
    public static Machine ofThisProcess() {
        return new Machine(
                cpuName(),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("java.vm.name") + " " + Runtime.version(),
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"),
                Kernels.description());
    }

    /// Name of the processor; `unknown` if the system does not say.
    private static String cpuName() {
        try (Stream<String> lines = Files.lines(CPU_INFO)) {
            return lines.filter(line -> line.startsWith(MODEL))
                    .findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .orElse("unknown");
        } catch (IOException | UncheckedIOException e) {
            return "unknown";
        }
    }

    /// One line.
    public String line() {
        return "%s, %d cores, %s, %s; %s".formatted(cpu, cores, jdk, os, kernels);
    }

    public ObjectNode json() {
        return Json.object()
                .put("cpu", cpu)
                .put("cores", cores)
                .put("jdk", jdk)
                .put("os", os)
                .put("kernels", kernels);
    }
}
