package dev.inkstream.stream.guard;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.common.Uuid;

/// Which processes of one instance id run, as their records on the guard topic say. Not thread-safe.
final class InstanceProcesses {
    private final Set<Uuid> seen = new HashSet<>();
    private final Map<Uuid, Optional<HostProcess>> running = new HashMap<>();

    /// Takes the next record. A process that is new has replaced those before it. One that was replaced without its
    /// knowledge, as after a pause, may still write: that it stops is no evidence about its successor.
    void take(InstanceRecord record) {
        if (seen.add(record.process())) {
            running.clear();
        }
        if (record.running()) {
            running.put(record.process(), record.onHost());
        } else {
            running.remove(record.process());
        }
    }

    /// Whether a process has written that it runs, and not that it has stopped, and may be alive.
    ///
    /// @param dead whether a process certainly runs no more
    boolean isOneRunning(Predicate<HostProcess> dead) {
        return running.values().stream()
                .anyMatch(process -> process.filter(dead).isEmpty());
    }

    /// Whether there were processes, and each has written that it has stopped, or is dead.
    ///
    /// @param dead whether a process certainly runs no more
    boolean haveAllEnded(Predicate<HostProcess> dead) {
        return !seen.isEmpty() && !isOneRunning(dead);
    }
}
