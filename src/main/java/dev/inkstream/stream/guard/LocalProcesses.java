package dev.inkstream.stream.guard;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The processes that this one sees in Linux's `/proc`: knows which of them are dead. Immutable and thread-safe.
///
/// It never guesses. Without `/proc`, if `/proc` may hide processes, or if it is that of another namespace, this
/// process has no [#current()], and no process is known to be dead.
///
/// A host is a kernel (its boot id), a host name, a namespace of process ids and one of clocks. Containers on one
/// machine share the boot id but have their own process ids. The inode of a namespace is unique among those that exist:
/// it can name a later namespace only if all processes of the earlier one are dead.
///
/// @param proc where the file system is mounted: `/proc`
/// @param current this process, as another one of its host can find it; empty if none could
record LocalProcesses(Path proc, Optional<HostProcess> current) {
    private static final Logger LOG = LoggerFactory.getLogger(LocalProcesses.class);

    /// The fields of a line of `mountinfo` are id, parent, device, root, mount point and more: proc(5).
    private static final int MOUNT_POINT = 4;

    static LocalProcesses ofThisHost() {
        return of(Path.of("/proc"));
    }

    static LocalProcesses of(Path proc) {
        return new LocalProcesses(proc, current(proc));
    }

    /// Whether a process certainly runs no more. A process of another host is not known to be dead, and a paused one is
    /// alive.
    boolean isDead(HostProcess process) {
        return current.filter(here -> here.host().equals(process.host())).isPresent() && isGone(process);
    }

    private boolean isGone(HostProcess process) {
        try {
            ProcessStat stat = ProcessStat.read(proc.resolve(Long.toString(process.pid())));
            return stat.hasEnded() || stat.startTicks() != process.startTicks();
        } catch (NoSuchFileException e) {
            return true;
        } catch (IOException e) {
            LOG.debug("process {} cannot be read; it may be alive", process.pid(), e);
            return false;
        }
    }

    private static Optional<HostProcess> current(Path proc) {
        try {
            if (!seesAll(proc)) {
                return Optional.empty();
            }
            ProcessStat stat = ProcessStat.read(proc.resolve("self"));
            return Optional.of(new HostProcess(host(proc), stat.pid(), stat.startTicks()));
        } catch (IOException | UnsupportedOperationException e) {
            LOG.debug("a successor on this host will not find this process in {}", proc, e);
            return Optional.empty();
        }
    }

    private static String host(Path proc) throws IOException {
        return String.join(
                " ",
                text(proc.resolve("sys/kernel/random/boot_id")).strip(),
                text(proc.resolve("sys/kernel/hostname")).strip(),
                namespace(proc, "pid"),
                namespace(proc, "time"));
    }

    private static String namespace(Path proc, String name) throws IOException {
        try {
            return Files.readSymbolicLink(proc.resolve("self/ns").resolve(name)).toString();
        } catch (NoSuchFileException e) {
            // Kernels before 5.6 have no namespaces of clocks.
            if (name.equals("time")) {
                return "";
            }
            throw e;
        }
    }

    /// Whether the processes in it are those of the namespace of this one, and none is hidden from this user.
    private static boolean seesAll(Path proc) throws IOException {
        return isOfThisNamespace(proc) && hidesNone(proc);
    }

    /// The line has an id for each namespace from that of the mount down to that of the process.
    private static boolean isOfThisNamespace(Path proc) throws IOException {
        return text(proc.resolve("self/status"))
                .lines()
                .filter(line -> line.startsWith("NSpid:"))
                .anyMatch(line -> line.strip().split("\\s+").length == 2);
    }

    /// With the mount option `hidepid`, processes of other users are missing or cannot be read.
    private static boolean hidesNone(Path proc) throws IOException {
        List<String[]> mounts = text(proc.resolve("self/mountinfo"))
                .lines()
                .map(line -> line.split("[ ,]"))
                .filter(fields -> fields.length > MOUNT_POINT && fields[MOUNT_POINT].equals("/proc"))
                .toList();
        return !mounts.isEmpty() && mounts.stream().allMatch(LocalProcesses::hidesNone);
    }

    /// Behind a dash: type, source and options of the file system.
    private static boolean hidesNone(String[] mount) {
        List<String> fields = List.of(mount);
        List<String> fileSystem = fields.subList(fields.indexOf("-") + 1, fields.size());
        return fields.get(MOUNT_POINT - 1).equals("/")
                && fileSystem.getFirst().equals("proc")
                && fileSystem.stream().noneMatch(option -> option.startsWith("hidepid"));
    }

    static String text(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.ISO_8859_1);
    }
}
