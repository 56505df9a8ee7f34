package dev.inkstream.app.warmup;

import dev.inkstream.app.console.StopSignal;
import dev.inkstream.app.console.UserException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Roles that run in threads of this process until they are stopped. Not thread-safe.
final class RunningRoles {
    private final QuietProgram program;
    private final Duration patience;
    private final Runnable onEnd;
    private final StopSignal end = new StopSignal();
    private final List<Running> roles = new ArrayList<>();

    private record Running(String name, CompletableFuture<Integer> status) {}

    /// @param patience how long each may take to stop
    /// @param onEnd runs when a role ends, whether it was stopped or not
    RunningRoles(QuietProgram program, Duration patience, Runnable onEnd) {
        this.program = program;
        this.patience = patience;
        this.onEnd = onEnd;
    }

    /// Starts a role in a thread of its own, with its metrics on a free port; returns at once.
    ///
    /// @param command of the role, with its options
    void start(List<String> command) {
        String name = command.getFirst();
        List<String> arguments = new ArrayList<>(command);
        arguments.addAll(List.of("--monitor-port", "0"));
        StopSignal stop = new StopSignal();
        var _ = end.requested().thenRun(stop::request);
        CompletableFuture<Integer> status = CompletableFuture.supplyAsync(
                () -> program.run(stop, arguments),
                task -> Thread.ofPlatform().name("warm-up-" + name).start(task));
        var _ = status.whenComplete((_, _) -> onEnd.run());
        roles.add(new Running(name, status));
    }

    /// Asks all to stop; returns at once.
    void requestStop() {
        end.request();
    }

    /// Waits until all have stopped.
    ///
    /// @throws UserException if one does not stop in time, or failed
    void awaitStop() {
        roles.forEach(this::awaitStop);
    }

    private void awaitStop(Running role) {
        try {
            QuietProgram.require(
                    role.name(),
                    role.status()
                            .copy()
                            .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                            .join());
        } catch (CompletionException e) {
            if (e.getCause() instanceof TimeoutException) {
                throw new UserException(
                        "the %s of the warm-up has not stopped within %d s"
                                .formatted(role.name(), patience.toSeconds()),
                        e);
            }
            throw e;
        }
    }
}
