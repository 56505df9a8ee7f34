package dev.inkstream.app.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.inkstream.app.console.UserException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramProcessTest {
    @TempDir
    private Path directory;

    @Test
    void aProcessThatEndedIsOneSentenceWithItsLastWords() throws IOException {
        Ended child = new Ended(1);
        child.isAlive = false;
        ProgramProcess process = process(child, "waiting\ninkstream: no Kafka broker answered.\n");

        assertThatThrownBy(process::requireAlive)
                .isInstanceOf(UserException.class)
                .hasMessage("the classifier process ended with status 1: no Kafka broker answered");
    }

    @Test
    void ofAProcessThatWasKilledTheSignalIsNamed() throws IOException {
        Ended child = new Ended(137);
        child.isAlive = false;
        ProgramProcess process = process(child, "INFO works on [images-0]\n");

        assertThatThrownBy(process::requireAlive).hasMessage("the classifier process was ended by signal 9");
    }

    @Test
    void aProcessThatRunsIsNoFailure() throws IOException {
        ProgramProcess process = process(new Ended(0), "");

        assertThatCode(process::requireAlive).doesNotThrowAnyException();
        assertThat(process.isAlive()).isTrue();
    }

    @Test
    void ofALongLogTheEndIsKept() throws IOException {
        String printed = process(new Ended(0), "x".repeat(100_000) + "end").printed();

        assertThat(printed).hasSize(64 * 1024).endsWith("xend");
    }

    @Test
    void closingStopsIt() throws IOException {
        Ended child = new Ended(143);

        process(child, "").close();

        assertThat(child.isAlive()).isFalse();
        assertThat(child.forced).isFalse();
    }

    @Test
    void oneThatDoesNotStopIsKilled() throws IOException {
        Ended child = new Ended(137);
        child.ignoresRequests = true;

        process(child, "").close();

        assertThat(child.forced).isTrue();
        assertThat(child.isAlive()).isFalse();
    }

    @Test
    void closingWaitsForTheEndOfOneThatDiesLate() throws IOException {
        Ended child = new Ended(137);
        child.ignoresRequests = true;
        child.diesLate = true;

        process(child, "").close();

        assertThat(child.isAlive()).isFalse();
    }

    @Test
    void anInterruptedCloseKillsAndWaitsToo() throws IOException {
        Ended child = new Ended(137);
        child.ignoresRequests = true;
        child.diesLate = true;
        child.interrupts = true;

        process(child, "").close();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(child.isAlive()).isFalse();
    }

    @Test
    void aProcessThatDoesNothingIsNamedWithItsLastWords() throws IOException {
        ProgramProcess process = process(new Ended(0), "started\nwaits for weights.\n");

        assertThat(process.idle(Duration.ofSeconds(60)))
                .hasMessage(
                        "the classifier process did nothing for 60 s; the last words of its log: waits for weights");
    }

    private ProgramProcess process(Process child, String printed) throws IOException {
        Path log = Files.writeString(directory.resolve("log"), printed);
        return new ProgramProcess("classifier", log, child, 0);
    }

    /// A process that ends when it is asked to.
    private static final class Ended extends Process {
        private final int status;
        private boolean isAlive = true;
        private boolean ignoresRequests;
        private boolean diesLate;
        private boolean interrupts;
        private boolean forced;

        Ended(int status) {
            this.status = status;
        }

        @Override
        public OutputStream getOutputStream() {
            return OutputStream.nullOutputStream();
        }

        @Override
        public InputStream getInputStream() {
            return InputStream.nullInputStream();
        }

        @Override
        public InputStream getErrorStream() {
            return InputStream.nullInputStream();
        }

        @Override
        public int waitFor() {
            return status;
        }

        @Override
        public boolean waitFor(long timeout, TimeUnit unit) throws InterruptedException {
            if (interrupts) {
                interrupts = false;
                throw new InterruptedException("asked to stop");
            }
            isAlive &= !forced;
            return !isAlive;
        }

        @Override
        public int exitValue() {
            return status;
        }

        @Override
        public boolean isAlive() {
            return isAlive;
        }

        @Override
        public void destroy() {
            isAlive = ignoresRequests;
        }

        @Override
        public Process destroyForcibly() {
            forced = true;
            isAlive = diesLate;
            return this;
        }
    }
}
