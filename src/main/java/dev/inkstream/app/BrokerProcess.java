package dev.inkstream.app;

import dev.inkstream.app.console.UserException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `inkstream broker` in a process of its own, on a free port. Closing stops it.
///
/// @param address where clients reach it
record BrokerProcess(Process process, String address) implements AutoCloseable {
    private static final Pattern READY = Pattern.compile("Kafka is ready on (\\S+) .*");
    private static final int STOP_SECONDS = 15;

    /// Returns when it answers.
    ///
    /// @throws UserException if it ends first
    static BrokerProcess start(String classPath) {
        try {
            Process process = new ProcessBuilder(command(classPath))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            return new BrokerProcess(process, address(process));
        } catch (IOException e) {
            throw new UncheckedIOException("the broker's process cannot be started", e);
        }
    }

    private static List<String> command(String classPath) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return List.of(
                java,
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:+UseSerialGC",
                "-classpath",
                classPath,
                Main.class.getName(),
                "broker",
                "--port",
                "0");
    }

    private static String address(Process process) throws IOException {
        try (BufferedReader lines = process.inputReader()) {
            String line = lines.readLine();
            Matcher ready = READY.matcher(line == null ? "" : line);
            if (!ready.matches()) {
                process.destroy();
                throw new UserException("the broker did not start; see what it says above");
            }
            return ready.group(1);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
