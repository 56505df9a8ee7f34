package dev.inkstream.app.console;

import java.io.Console;
import java.io.PrintWriter;
import java.util.Map;

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
    /// @param width columns, at least 20
    public record Screen(boolean interactive, boolean color, int width) {
        private static final int NARROWEST = 20;
        private static final int USUAL = 80;
        private static final int OF_A_FILE = 100;

        /// A file or a pipe.
        public static final Screen PLAIN = new Screen(false, false, OF_A_FILE);

        public Screen {
            if (width < NARROWEST) {
                throw new IllegalArgumentException("width is " + width + "; it must be " + NARROWEST + " or more");
            }
        }
    }

    public Terminal {
        env = Map.copyOf(env);
    }

    /// The terminal of this process. Honors `NO_COLOR`, `TERM=dumb` and `COLUMNS`, which the launcher sets.
    ///
    /// @param out takes the results
    public static Terminal ofProcess(StandardOutput out) {
        Map<String, String> env = System.getenv();
        Console console = System.console();
        boolean interactive = console != null && console.isTerminal() && !"dumb".equals(env.get("TERM"));
        boolean color = interactive && env.getOrDefault("NO_COLOR", "").isEmpty();
        int usual = interactive ? Screen.USUAL : Screen.OF_A_FILE;
        Screen screen = new Screen(interactive, color, width(env.getOrDefault("COLUMNS", ""), usual));
        PrintWriter results = new PrintWriter(out, true, System.out.charset());
        return new Terminal(results, new PrintWriter(System.err, true, System.err.charset()), screen, env);
    }

    /// Prints what is still buffered.
    public void flush() {
        out.flush();
        err.flush();
    }

    /// A terminal that does not know its width says 0.
    private static int width(String columns, int usual) {
        int width = columns.matches("\\d{1,5}") ? Integer.parseInt(columns) : 0;
        return width == 0 ? usual : Math.max(Screen.NARROWEST, width);
    }
}
