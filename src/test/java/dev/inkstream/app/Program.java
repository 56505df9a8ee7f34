package dev.inkstream.app;

import dev.inkstream.dataset.DatasetSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The program as a process of its own, as its users run it.
final class Program {
    private Program() {}

    /// On the class path of this test.
    ///
    /// @param options for the JVM
    static Process start(List<String> options, String... args) throws IOException {
        return start(System.getProperty("java.class.path"), options, args);
    }

    /// @param options for the JVM
    static Process start(String classPath, List<String> options, String... args) throws IOException {
        return new ProcessBuilder(command(Main.class, classPath, options, args)).start();
    }

    /// As [#start(List, String...)], by way of another `main`.
    static Process startBy(Class<?> main, List<String> options, String... args) throws IOException {
        return new ProcessBuilder(command(main, System.getProperty("java.class.path"), options, args)).start();
    }

    /// With environment variables whose bytes need not be text in the locale of this JVM, and without one that names
    /// MNIST.
    ///
    /// @param variables as bash reads them: `NAME=VALUE NAME=VALUE`
    static Process startIn(String variables, String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of("bash", "-c", variables + " exec \"$@\"", "bash"));
        command.addAll(command(Main.class, System.getProperty("java.class.path"), List.of(), args));
        ProcessBuilder process = new ProcessBuilder(command);
        process.environment().remove(DatasetSource.DATA_VARIABLE);
        return process.start();
    }

    private static List<String> command(Class<?> main, String classPath, List<String> options, String... args) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m"));
        command.addAll(options);
        command.addAll(List.of("-cp", classPath, main.getName()));
        command.addAll(List.of(args));
        return command;
    }
}
