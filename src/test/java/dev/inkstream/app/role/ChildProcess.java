package dev.inkstream.app.role;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The program as a process of its own, on the class path of this test. It is killed when the JVM of the test ends: a
/// test that fails leaves none behind.
public final class ChildProcess {
    private ChildProcess() {}

    /// @param log takes what it prints
    public static Process start(Path log, String... args) throws IOException {
        return start(log, List.of("-XX:TieredStopAtLevel=1"), args);
    }

    /// The same with the compiler that roles have, which takes longer to start and is faster then.
    public static Process startForLoad(Path log, String... args) throws IOException {
        return start(log, List.of(), args);
    }

    /// @param jvmOptions further options of the JVM
    public static Process start(Path log, List<String> jvmOptions, String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules",
                "jdk.incubator.vector",
                "-Xmx256m"));
        command.addAll(jvmOptions);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "dev.inkstream.app.Main"));
        command.addAll(List.of(args));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return process;
    }
}
