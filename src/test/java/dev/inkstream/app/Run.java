package dev.inkstream.app;

import dev.inkstream.app.console.StopSignal;
import dev.inkstream.app.console.Terminal;
import dev.inkstream.app.console.Terminal.Screen;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;

/// What one run of the program in this JVM printed and returned.
record Run(int status, String out, String err) {
    static Run of(String... args) {
        return with(Map.of(), new StopSignal(), args);
    }

    static Run with(Map<String, String> env, StopSignal stop, String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Terminal terminal = new Terminal(new PrintWriter(out), new PrintWriter(err), Screen.PLAIN, env);
        int status = new Main(terminal, stop).run(args);
        return new Run(status, out.toString(), err.toString());
    }
}
