package dev.inkstream.app.warmup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.inkstream.app.console.StopSignal;
import dev.inkstream.app.console.Terminal;
import dev.inkstream.app.console.Terminal.Screen;
import dev.inkstream.app.console.UserException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RunningRolesTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    private final ConcurrentLinkedQueue<List<String>> started = new ConcurrentLinkedQueue<>();
    private final CountDownLatch ended = new CountDownLatch(1);

    @Test
    void allAreStoppedAndEachIsGivenTheBroker() {
        RunningRoles roles = roles(LONG, this::untilStopped);
        roles.start(List.of("trainer", "--snapshot-every", "1"));
        roles.start(List.of("labeler"));
        assertThat(ended.getCount()).isOne();
        roles.requestStop();
        roles.awaitStop();
        assertThat(started)
                .containsExactlyInAnyOrder(
                        List.of(
                                "trainer",
                                "--snapshot-every",
                                "1",
                                "--monitor-port",
                                "0",
                                "--bootstrap-server",
                                "here:1"),
                        List.of("labeler", "--monitor-port", "0", "--bootstrap-server", "here:1"));
    }

    @Test
    void aRoleThatFailsIsSeenAtOnceAndFailsTheRun() throws InterruptedException {
        RunningRoles roles = roles(LONG, (terminal, stop, arguments) -> 3);
        roles.start(List.of("labeler"));
        assertThat(ended.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
        roles.requestStop();
        assertThatThrownBy(roles::awaitStop)
                .isInstanceOf(UserException.class)
                .hasMessage("the command labeler of the warm-up failed with status 3");
    }

    @Test
    void aRoleThatDoesNotStopIsNotWaitedForForEver() {
        StopSignal never = new StopSignal();
        RunningRoles roles =
                roles(Duration.ZERO, (terminal, stop, arguments) -> untilStopped(terminal, never, arguments));
        roles.start(List.of("evaluator"));
        roles.requestStop();
        assertThatThrownBy(roles::awaitStop)
                .isInstanceOf(UserException.class)
                .hasMessage("the evaluator of the warm-up has not stopped within 0 s");
        never.request();
    }

    private RunningRoles roles(Duration patience, Program program) {
        PrintWriter nowhere = new PrintWriter(new StringWriter());
        Terminal terminal = new Terminal(nowhere, nowhere, Screen.PLAIN, Map.of());
        return new RunningRoles(new QuietProgram(program, terminal, "here:1"), patience, ended::countDown);
    }

    private int untilStopped(Terminal terminal, StopSignal stop, List<String> arguments) {
        started.add(arguments);
        try {
            stop.await();
            return 0;
        } catch (InterruptedException e) {
            return 1;
        }
    }
}
