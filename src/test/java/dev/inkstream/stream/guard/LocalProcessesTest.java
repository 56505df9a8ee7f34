package dev.inkstream.stream.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A directory that looks as Linux's `/proc`, seen by process 20.
@EnabledOnOs(
        value = {OS.LINUX, OS.MAC},
        disabledReason = "symbolic links need rights elsewhere")
class LocalProcessesTest {
    private static final String HOST = "a-boot-id host pid:[1] time:[2]";
    private static final String MOUNT = "22 27 0:21 / /proc rw,nosuid - proc proc rw%s\n";
    private static final HostProcess BEFORE = new HostProcess(HOST, 11, 1_100);

    /// No Linux has a process with a higher id than 2^22.
    private static final long NO_PID = (1 << 22) + 1;

    @TempDir
    private Path proc;

    @BeforeEach
    void mount() throws IOException {
        write("sys/kernel/random/boot_id", "a-boot-id\n");
        write("sys/kernel/hostname", "host\n");
        write("self/status", "Name:\tjava\nPid:\t20\nNSpid:\t20\n");
        write("self/mountinfo", "21 20 8:1 / / rw - ext4 /dev/sda rw\n" + MOUNT.formatted(""));
        link("pid", "pid:[1]");
        link("time", "time:[2]");
        stat("self", 20, "S", 2_000);
    }

    @Test
    void namesThisProcess() {
        assertThat(LocalProcesses.of(proc).current()).contains(new HostProcess(HOST, 20, 2_000));
    }

    @Test
    void aProcessThatIsNotThereIsDead() {
        assertThat(isDead(BEFORE)).isTrue();
    }

    /// State T is that of a process that is stopped by a signal.
    @ParameterizedTest
    @ValueSource(strings = {"R", "S", "D", "T", "t"})
    void oneThatIsThereIsNot(String state) throws IOException {
        stat("11", 11, state, 1_100);
        assertThat(isDead(BEFORE)).isFalse();
    }

    @Test
    void oneThatItsParentHasNotTakenNoteOfIsDead() throws IOException {
        stat("11", 11, "Z", 1_100);
        assertThat(isDead(BEFORE)).isTrue();
    }

    /// As in a container that starts again: its program is process 1 each time.
    @Test
    void oneWhoseIdAnotherProcessHasIsDead() throws IOException {
        stat("11", 11, "S", 1_101);
        assertThat(isDead(BEFORE)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "another-boot-id host pid:[1] time:[2]",
                "a-boot-id another pid:[1] time:[2]",
                "a-boot-id host pid:[3] time:[2]",
                "a-boot-id host pid:[1] time:[3]",
                "a-boot-id host pid:[1] "
            })
    void oneOfAnotherHostOrContainerIsNotKnownToBeDead(String host) {
        assertThat(isDead(new HostProcess(host, 11, 1_100))).isFalse();
    }

    @Test
    void oneThatCannotBeReadIsNotKnownToBeDead() throws IOException {
        write("11/stat", "?");
        assertThat(isDead(BEFORE)).isFalse();
        Files.delete(proc.resolve("11/stat"));
        Files.createDirectory(proc.resolve("11/stat"));
        assertThat(isDead(BEFORE)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sys/kernel/random/boot_id",
                "sys/kernel/hostname",
                "self/status",
                "self/mountinfo",
                "self/ns/pid",
                "self/stat"
            })
    void withoutOneOfTheFilesNoProcessIsKnownToBeDead(String file) throws IOException {
        Files.delete(proc.resolve(file));
        assertKnowsNothing();
    }

    @Test
    void withoutProcNoProcessIsKnownToBeDead() {
        assertThat(LocalProcesses.of(proc.resolve("missing")).current()).isEmpty();
        assertThat(LocalProcesses.of(proc.resolve("missing")).isDead(BEFORE)).isFalse();
    }

    @Test
    void aLinkThatIsNoneIsNotRead() throws IOException {
        Files.delete(proc.resolve("self/ns/pid"));
        write("self/ns/pid", "pid:[1]");
        assertKnowsNothing();
    }

    /// Kernels before 5.6.
    @Test
    void aKernelMayHaveNoNamespacesOfClocks() throws IOException {
        Files.delete(proc.resolve("self/ns/time"));
        assertThat(LocalProcesses.of(proc).current()).contains(new HostProcess("a-boot-id host pid:[1] ", 20, 2_000));
        assertThat(isDead(new HostProcess("a-boot-id host pid:[1] ", 11, 1_100)))
                .isTrue();
    }

    /// `unshare --pid` without `--mount-proc`: the ids in it are those of the namespace above.
    @Test
    void theProcOfAnotherNamespaceIsNotUsed() throws IOException {
        write("self/status", "Name:\tjava\nPid:\t20\nNSpid:\t20\t1\n");
        assertKnowsNothing();
    }

    @ParameterizedTest
    @ValueSource(strings = {",hidepid=2", ",hidepid=invisible", ",gid=4,hidepid=ptraceable,subset=pid"})
    void aProcThatHidesProcessesIsNotUsed(String options) throws IOException {
        write("self/mountinfo", MOUNT.formatted(options));
        assertKnowsNothing();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "22 27 0:21 /1 /proc rw - proc proc rw\n",
                "22 27 0:21 / /proc rw - tmpfs proc rw\n",
                "22 27 0:21 / /proc rw\n",
                "22 27 0:21 / /mnt/proc rw - proc proc rw\n",
                "\n"
            })
    void aProcThatIsNotAllOfItIsNotUsed(String mounts) throws IOException {
        write("self/mountinfo", mounts);
        assertKnowsNothing();
    }

    /// One is mounted above the other.
    @Test
    void everyMountCounts() throws IOException {
        write("self/mountinfo", MOUNT.formatted("") + MOUNT.formatted(",hidepid=2"));
        assertKnowsNothing();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void readsTheProcOfLinux() {
        LocalProcesses here = LocalProcesses.ofThisHost();
        HostProcess current = here.current().orElseThrow();
        assertThat(current.pid()).isEqualTo(ProcessHandle.current().pid());
        assertThat(here.isDead(current)).isFalse();
        assertThat(here.isDead(new HostProcess(current.host(), current.pid(), current.startTicks() + 1)))
                .isTrue();
        assertThat(here.isDead(new HostProcess(current.host(), NO_PID, current.startTicks())))
                .isTrue();
    }

    private void assertKnowsNothing() {
        assertThat(LocalProcesses.of(proc).current()).isEmpty();
        assertThat(isDead(BEFORE)).isFalse();
    }

    private boolean isDead(HostProcess process) {
        return LocalProcesses.of(proc).isDead(process);
    }

    private void stat(String directory, long pid, String state, long start) throws IOException {
        write(
                directory + "/stat",
                "%d (java) %s 1 1 1 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 %d 0\n".formatted(pid, state, start));
    }

    private void link(String name, String target) throws IOException {
        Files.createDirectories(proc.resolve("self/ns"));
        Files.createSymbolicLink(proc.resolve("self/ns").resolve(name), Path.of(target));
    }

    private void write(String name, String text) throws IOException {
        Path file = proc.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
