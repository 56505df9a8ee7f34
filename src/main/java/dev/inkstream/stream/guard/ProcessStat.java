package dev.inkstream.stream.guard;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// What `/proc/PID/stat` has of a process. Immutable.
///
/// @param state one letter; `Z` or `X` if it has ended
/// @param threads that have not ended, the first one always among them
/// @param startTicks when it started: clock ticks since the kernel did
record ProcessStat(long pid, char state, int threads, long startTicks) {
    // Counted from the state, which is the third field, as proc(5) counts them.
    private static final int THREADS = 20 - 3;
    private static final int START = 22 - 3;

    /// @param directory of the process
    /// @throws NoSuchFileException if there is no such process
    /// @throws IOException if it cannot be read
    static ProcessStat read(Path directory) throws IOException {
        return parse(LocalProcesses.text(directory.resolve("stat")));
    }

    /// The name of the program is in parentheses, and may have blanks and parentheses itself.
    static ProcessStat parse(String line) throws IOException {
        int name = line.indexOf(" (");
        int end = line.lastIndexOf(") ");
        String[] fields = end < 0 ? new String[0] : line.substring(end + 2).split(" ");
        if (name < 0 || fields.length <= START) {
            throw new IOException("the line of a process is '" + line.strip() + "'; it must have 22 fields or more");
        }
        try {
            return new ProcessStat(
                    Long.parseLong(line.substring(0, name)),
                    fields[0].charAt(0),
                    Integer.parseInt(fields[THREADS]),
                    Long.parseLong(fields[START]));
        } catch (NumberFormatException e) {
            throw new IOException("the line of a process is '" + line.strip() + "'; it must have numbers", e);
        }
    }

    /// Whether it only waits for its parent to take note of its end. The first thread may end before the others.
    boolean hasEnded() {
        return (state == 'Z' || state == 'X') && threads <= 1;
    }
}
