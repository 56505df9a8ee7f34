package dev.inkstream.app.console;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.function.BooleanSupplier;

/// Whether the reader of a pipe has gone, as POSIX's `poll` knows it without writing. Java itself learns it only from a
/// write that fails. Thread-safe.
final class AbandonedPipe implements BooleanSupplier {
    private static final int STANDARD_OUTPUT = 1;
    private static final long POLLFD_BYTES = 8; // int fd, short events, short revents
    private static final long REVENTS = 6;
    private static final int POLLERR = 0x8;
    private static final int POLLHUP = 0x10;

    private final MethodHandle poll;
    private final int descriptor;

    private AbandonedPipe(MethodHandle poll, int descriptor) {
        this.poll = poll;
        this.descriptor = descriptor;
    }

    /// Always false where the program may not call native functions, or the system has no `poll`.
    @SuppressWarnings("restricted") // native access is asked for first
    static BooleanSupplier ofStandardOutput() {
        Linker linker = Linker.nativeLinker();
        SymbolLookup system = linker.defaultLookup();
        if (!AbandonedPipe.class.getModule().isNativeAccessEnabled()
                || system.find("poll").isEmpty()) {
            return () -> false;
        }
        FunctionDescriptor signature = FunctionDescriptor.of(
                ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT);
        return new AbandonedPipe(linker.downcallHandle(system.findOrThrow("poll"), signature), STANDARD_OUTPUT);
    }

    @Override
    public boolean getAsBoolean() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment pollfd = arena.allocate(POLLFD_BYTES, Integer.BYTES);
            pollfd.set(ValueLayout.JAVA_INT, 0, descriptor);
            int ready = (int) poll.invokeExact(pollfd, 1L, 0);
            return ready > 0 && (pollfd.get(ValueLayout.JAVA_SHORT, REVENTS) & (POLLERR | POLLHUP)) != 0;
        } catch (Throwable e) { // as the handle's type says; poll itself throws nothing
            throw new IllegalStateException("poll cannot be called", e);
        }
    }
}
