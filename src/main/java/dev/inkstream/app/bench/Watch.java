package dev.inkstream.app.bench;

import dev.inkstream.app.console.UserException;
import dev.inkstream.app.process.ProgramProcess;
import java.time.Duration;
import java.util.List;

/// Watches processes while a measurement waits for them: each must live, and something must happen. Not thread-safe.
///
/// @param processes the last one is named when nothing happens
record Watch(BenchCluster cluster, List<ProgramProcess> processes, Patience patience) {
    /// How long a process may do nothing.
    static final Duration USUAL = Duration.ofSeconds(60);

    Watch {
        processes = List.copyOf(processes);
    }

    static Watch of(BenchCluster cluster, ProgramProcess... processes) {
        return within(USUAL, cluster, List.of(processes));
    }

    static Watch within(Duration limit, BenchCluster cluster, List<ProgramProcess> processes) {
        return new Watch(cluster, processes, new Patience(limit, System::nanoTime));
    }

    /// @param progress a number that changes as long as something happens; 0 at the start
    /// @throws UserException if a process has ended, or nothing has happened for too long
    /// @throws InterruptedException when a stop is asked for
    void check(long progress) throws InterruptedException {
        checkAlive();
        if (patience.isOver(progress)) {
            throw processes.getLast().idle(patience.limit());
        }
    }

    /// @throws UserException if a process has ended
    /// @throws InterruptedException when a stop is asked for
    void checkAlive() throws InterruptedException {
        for (ProgramProcess process : processes) {
            cluster.check(process);
        }
    }
}
