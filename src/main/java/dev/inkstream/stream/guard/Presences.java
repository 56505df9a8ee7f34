package dev.inkstream.stream.guard;

import java.util.HashSet;
import java.util.Set;
import org.apache.kafka.common.Uuid;

/// Which processes of one instance id run, as their records on the guard topic say. Not thread-safe.
final class Presences {
    private final Set<Uuid> seen = new HashSet<>();
    private final Set<Uuid> running = new HashSet<>();

    /// Takes the next record. A process that is new has replaced those before it. One that was replaced without its
    /// knowledge, as after a pause, may still write: that it stops says nothing of its successor.
    void take(Presence told) {
        if (seen.add(told.process())) {
            running.clear();
        }
        if (told.running()) {
            running.add(told.process());
        } else {
            running.remove(told.process());
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
