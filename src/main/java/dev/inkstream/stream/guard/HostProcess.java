package dev.inkstream.stream.guard;

import dev.inkstream.record.StateFormat;
import dev.inkstream.record.StateFormatException;

/// A process as another one of the same host can find it. Immutable.
///
/// @param host the running kernel, the host name, and the namespaces in which the other two have their meaning
/// @param pid its id, 1 or more
/// @param startTicks when it started: clock ticks since the kernel did, the 22nd field of `/proc/PID/stat`. A later
///     process with the same id has another.
public record HostProcess(String host, long pid, long startTicks) {
    private static final StateFormat FORMAT = StateFormat.first("process of an instance record");

    public HostProcess {
        if (host.isEmpty()) {
            throw new IllegalArgumentException("host is empty; it must name a kernel and namespaces");
        }
        if (pid < 1) {
            throw new IllegalArgumentException("pid is " + pid + "; it must be 1 or more");
        }
        if (startTicks < 0) {
            throw new IllegalArgumentException("startTicks is " + startTicks + "; it must be 0 or more");
        }
    }

    public byte[] toBytes() {
        return FORMAT.writer().text(host).number(pid).number(startTicks).toBytes();
    }

    /// @throws StateFormatException if the bytes are not of a format that this build reads
    public static HostProcess fromBytes(byte[] bytes) {
        return FORMAT.read(bytes, in -> new HostProcess(in.text(), in.number(), in.number()));
    }
}
