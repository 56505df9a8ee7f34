package dev.inkstream.app.console;

import java.io.Console;
import java.io.PrintWriter;
import java.util.Map;
import java.util.function.IntSupplier;

/// Where a command prints and what it may assume about the reader. Immutable; the writers are
/// thread-safe, as every `PrintWriter` is.
///
/// @param out results, one record or line at a time
/// @param err everything else: progress, warnings, failures
/// @param screen what the output ends up on
/// @param env the environment variables
public record Terminal(PrintWriter out, PrintWriter err, Screen screen, Map<String, String> env) {

    /// What the output ends up on.
    ///
    /// @param interactive whether a person watches, so that lines may be redrawn
    /// @param color whether ANSI colors are wanted
    /// @param columns how wide lines may be, at least 20
    public record Screen(boolean interactive, boolean color, IntSupplier columns) {
        private static final int OF_A_FILE = 100;

        /// A file or a pipe.
        public static final Screen PLAIN = new Screen(false, false, OF_A_FILE);

        public Screen(boolean interactive, boolean color, int width) {
            this(interactive, color, () -> width);
            if (width < TerminalWidth.NARROWEST) {
                throw new IllegalArgumentException(
                        "width is " + width + "; it must be " + TerminalWidth.NARROWEST + " or more");
            }
        }

        /// How wide lines may be; the first call may have to ask the terminal.
        public int width() {
            return columns.getAsInt();
        }
    }

    public Terminal {
        env = Map.copyOf(env);
    }

    /// The terminal of this process. Honors `NO_COLOR`, `TERM=dumb` and, if it is exported, `COLUMNS`.
    ///
    /// @param out takes the results
    public static Terminal ofProcess(StandardOutput out) {
        Map<String, String> env = System.getenv();
        Console console = System.console();
        boolean interactive = console != null && console.isTerminal() && !"dumb".equals(env.get("TERM"));
        boolean color = interactive && env.getOrDefault("NO_COLOR", "").isEmpty();
        Screen screen = new Screen(interactive, color, columns(env.getOrDefault("COLUMNS", ""), interactive));
        PrintWriter results = new PrintWriter(out, true, System.out.charset());
        return new Terminal(results, new PrintWriter(System.err, true, System.err.charset()), screen, env);
    }

    /// Prints what is still buffered.
    public void flush() {
        out.flush();
        err.flush();
    }

    private static IntSupplier columns(String exported, boolean interactive) {
        if (exported.matches("[1-9]\\d{0,4}")) {
            return new TerminalWidth(() -> Integer.parseInt(exported));
        }
        return interactive ? TerminalWidth.ofStandardOutput() : Screen.PLAIN.columns();
    }
}
