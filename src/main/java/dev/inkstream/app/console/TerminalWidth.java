package dev.inkstream.app.console;

import java.io.IOException;
import java.util.function.IntSupplier;
import org.jline.terminal.spi.SystemStream;
import org.jline.terminal.spi.TerminalProvider;

/// The width of the terminal behind standard output: 20 columns or more. jline runs `stty` to find it out, which may
/// take as long as the rest of a short command: it runs at most once, and only if a command needs it. Thread-safe.
final class TerminalWidth implements IntSupplier {
    static final int NARROWEST = 20;

    /// The width of a terminal that does not report one.
    private static final int USUAL = 80;

    private static final int UNASKED = 0;

    private final IntSupplier ask;
    private int columns = UNASKED;

    /// @param ask the columns; 0 or less if they are unknown
    TerminalWidth(IntSupplier ask) {
        this.ask = ask;
    }

    static TerminalWidth ofStandardOutput() {
        return new TerminalWidth(TerminalWidth::askTerminal);
    }

    @Override
    public synchronized int getAsInt() {
        if (columns == UNASKED) {
            int known = ask.getAsInt();
            columns = known <= 0 ? USUAL : Math.max(NARROWEST, known);
        }
        return columns;
    }

    private static int askTerminal() {
        try {
            return TerminalProvider.load("exec").systemStreamWidth(SystemStream.Output);
        } catch (IOException e) {
            return -1; // this jline has no such provider
        }
    }
}
