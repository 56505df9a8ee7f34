package dev.inkstream.app.process;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// How to start this program, or one beside it, in another JVM. Immutable.
///
/// @param java the executable
/// @param options of the JVM
/// @param classPath of the program
/// @param mainClass of the program
public record JavaCommand(Path java, List<String> options, String classPath, String mainClass) {
    private static final String MAIN = "dev.inkstream.app.Main";

    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

    /// Two debuggers cannot listen on the same port.
    private static final String DEBUGGER = "-agentlib:jdwp";

    /// Names open files of the process that reads the path.
    private static final String OWN_FILES = "/proc/self/";

    public JavaCommand {
        options = List.copyOf(options);
    }

    /// Java, JVM options and class path of the current process.
    public static JavaCommand ofThisProcess() {
        return new JavaCommand(
                JAVA,
                inherited(ManagementFactory.getRuntimeMXBean().getInputArguments()),
                System.getProperty("java.class.path")
                        .replace(OWN_FILES, "/proc/" + ProcessHandle.current().pid() + "/"),
                MAIN);
    }

    /// The same with a temporary directory of its own: what a killed process leaves there goes with the directory.
    public JavaCommand in(Path temporaryDirectory) {
        List<String> more = new ArrayList<>(options);
        more.add("-Djava.io.tmpdir=" + temporaryDirectory);
        return new JavaCommand(java, more, classPath, mainClass);
    }

    /// The same Java and options for another program.
    public JavaCommand of(String otherClassPath, String otherMainClass) {
        return new JavaCommand(java, options, otherClassPath, otherMainClass);
    }

    /// The same Java with another class path, and with none of the options of the current process but those that every
    /// command needs.
    public static JavaCommand ofClassPath(String classPath) {
        return new JavaCommand(
                JAVA,
                List.of(
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-XX:+UseSerialGC"),
                classPath,
                MAIN);
    }

    /// The JVM options that a child takes over.
    static List<String> inherited(List<String> options) {
        return options.stream().filter(option -> !option.startsWith(DEBUGGER)).toList();
    }

    /// The whole command line.
    ///
    /// @param arguments of the program
    List<String> line(List<String> arguments) {
        List<String> line = new ArrayList<>();
        line.add(java.toString());
        line.addAll(options);
        line.addAll(List.of("-classpath", classPath, mainClass));
        line.addAll(arguments);
        return line;
    }
}
