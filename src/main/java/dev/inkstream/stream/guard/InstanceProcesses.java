package dev.inkstream.stream.guard;

import java.util.HashSet;
import java.util.Set;
import org.apache.kafka.common.Uuid;

/// Which processes of one instance id run, as their records on the guard topic say. Not thread-safe.
final class InstanceProcesses {
    private final Set<Uuid> seen = new HashSet<>();
    private final Set<Uuid> running = new HashSet<>();

    /// Takes the next record. A process that is new has replaced those before it. One that was replaced without its
    /// knowledge, as after a pause, may still write: that it stops is no evidence about its successor.
    void take(InstanceRecord record) {
        if (seen.add(record.process())) {
            running.clear();
        }
        if (record.running()) {
            running.add(record.process());
        } else {
            running.remove(record.process());
        }
    }

    /// Whether a process has written that it runs, and not that it has stopped.
    boolean isOneRunning() {
        return !running.isEmpty();
    }

    /// Whether there were processes, and all have written that they have stopped.
    boolean haveAllStopped() {
        return !seen.isEmpty() && running.isEmpty();
    }
}
