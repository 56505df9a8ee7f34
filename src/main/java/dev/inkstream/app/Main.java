package dev.inkstream.app;

import dev.inkstream.app.console.StandardOutput;
import dev.inkstream.app.console.StopSignal;
import dev.inkstream.app.console.Terminal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;

/// The entry point: wires the commands to the terminal and turns what they return or throw into an exit
/// status. Zero is success, 1 a failure, 2 a wrong command line.
public final class Main {
    private final Terminal terminal;
    private final StopSignal stop;

    public Main(Terminal terminal, StopSignal stop) {
        this.terminal = terminal;
        this.stop = stop;
    }

    /// Runs the program and exits with its status.
    public static void main(String[] args) {
        // Numbers look the same in every locale, whatever prints them.
        Locale.setDefault(Locale.ROOT);
        StopSignal stop = new StopSignal();
        // Before there is a directory that a signal could leave behind.
        AtomicReference<NativeLibraries> libraries = new AtomicReference<>(new NativeLibraries(Optional.empty()));
        if (!isHooked(stop.shutdownHook(StopSignal.GRACE, () -> libraries.get().close()))) {
            return;
        }
        libraries.set(NativeLibraries.choose(System.getProperties(), System.getenv()));
        StandardOutput out = StandardOutput.ofProcess();
        Terminal terminal = Terminal.ofProcess(out);
        int status = new Main(terminal, stop).run(args);
        System.exit(out.failure().map(e -> new Failures(terminal).onOutput(e)).orElse(status));
    }

    /// False if a signal came first: the JVM ends with the status of the signal, and accepts no hook.
    private static boolean isHooked(Thread hook) {
        try {
            Runtime.getRuntime().addShutdownHook(hook);
            return true;
        } catch (IllegalStateException e) {
            return false;
        }
    }

    /// Runs one command to its end, or until the stop signal, and returns the exit status.
    public int run(String... args) {
        try {
            CommandLine commands = commands(List.of(args));
            if (args.length == 0) {
                commands.usage(terminal.err());
                return CommandLine.ExitCode.USAGE;
            }
            return commands.execute(args);
        } finally {
            terminal.flush();
            stop.finished();
        }
    }

    private CommandLine commands(List<String> args) {
        Failures failures = new Failures(terminal);
        return new Commands(terminal, stop)
                .line(args)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOut(terminal.out())
                .setErr(terminal.err())
                .setColorScheme(Help.defaultColorScheme(terminal.screen().color() ? Help.Ansi.ON : Help.Ansi.OFF))
                .setHelpFactory(this::help)
                .setParameterExceptionHandler(failures::onUsage)
                .setExecutionExceptionHandler(failures::onExecution);
    }

    /// Asks for the terminal's width when a usage text is printed, and not at every start.
    private Help help(CommandSpec spec, Help.ColorScheme colors) {
        spec.usageMessage().width(Math.clamp(terminal.screen().width(), 60, 120));
        return new Help(spec, colors);
    }
}
