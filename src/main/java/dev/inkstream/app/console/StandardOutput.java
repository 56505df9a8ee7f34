package dev.inkstream.app.console;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Standard output. Unlike `System.out` it keeps its failure, and a flush fails as soon as nobody reads any more, also
/// if there is nothing to write: a command that waits for its next line ends when `head` has enough. Thread-safe.
public final class StandardOutput extends OutputStream {
    private final OutputStream out;
    private final BooleanSupplier abandoned;
    private @Nullable IOException failure;
    private boolean readerGone;

    /// @param out where the bytes go
    /// @param abandoned whether nobody reads them
    StandardOutput(OutputStream out, BooleanSupplier abandoned) {
        this.out = out;
        this.abandoned = abandoned;
    }

    /// That of this process.
    public static StandardOutput ofProcess() {
        return new StandardOutput(new FileOutputStream(FileDescriptor.out), AbandonedPipe.ofStandardOutput());
    }

    /// Why what was printed is not where it was meant to go, as on a full disk; empty if it is, or if the reader left.
    public synchronized Optional<IOException> failure() {
        return readerGone ? Optional.empty() : Optional.ofNullable(failure);
    }

    @Override
    public synchronized void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int from, int length) throws IOException {
        try {
            out.write(bytes, from, length);
        } catch (IOException e) {
            readerGone |=
                    abandoned.getAsBoolean() || String.valueOf(e.getMessage()).contains("Broken pipe");
            failure = e;
            throw e;
        }
    }

    @Override
    public synchronized void flush() throws IOException {
        out.flush();
        if (abandoned.getAsBoolean()) {
            readerGone = true;
            throw new IOException("nobody reads the output");
        }
    }
}
