package dev.inkstream.app.broker;

import dev.inkstream.app.console.UserException;
import dev.inkstream.app.files.TemporaryDirectory;
import dev.inkstream.dataset.FileReason;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.Optional;
import java.util.stream.Stream;

/// The directory of a broker's data.
///
/// @param temporary holds a temporary directory, which goes when the broker goes; empty if it is kept
record BrokerDirectory(Path path, Optional<TemporaryDirectory> temporary) {
    /// The file that makes a directory a broker's; written last when one is formatted.
    static final String MARK = "meta.properties";

    private static final long MEGABYTE = 1_000_000;
    private static final long LEAST_BYTES = 100 * MEGABYTE;

    private static final String PREFIX = "inkstream-broker-";
    private static final String LOCK = ".lock";
    private static final String STOPPED = ".kafka_cleanshutdown";
    private static final String HALF_FORMATTED = "bootstrap.checkpoint";

    static BrokerDirectory fresh() {
        try {
            TemporaryDirectory made = TemporaryDirectory.create(Path.of(System.getProperty("java.io.tmpdir")), PREFIX);
            made.removeAbandoned(PREFIX, InstantSource.system());
            requireSpace(made);
            return new BrokerDirectory(made.path(), Optional.of(made));
        } catch (IOException | InvalidPathException e) {
            throw new UserException(
                    "no temporary directory for the broker can be made (%s): choose one with --data or -Djava.io.tmpdir"
                            .formatted(e.getMessage()),
                    e);
        }
    }

    private static void requireSpace(TemporaryDirectory made) throws IOException {
        try {
            requireSpace(made.path(), Files.getFileStore(made.path()).getUsableSpace());
        } catch (UserException e) {
            made.close();
            throw e;
        }
    }

    /// A directory to keep: new, empty, or used by a broker before. Any other is refused: Kafka
    /// would mix its files with those of somebody else.
    static BrokerDirectory kept(Path path) {
        try {
            Files.createDirectories(path);
            if (!isFormatted(path) && !Files.exists(path.resolve(HALF_FORMATTED)) && !isEmpty(path)) {
                throw new UserException(
                        "%s has files in it that are not a broker's: choose an empty directory".formatted(path));
            }
            if (!Files.isWritable(path)) {
                throw new AccessDeniedException(path.toString());
            }
            requireSpace(path, Files.getFileStore(path).getUsableSpace());
            if (isLocked(path.resolve(LOCK))) {
                throw new UserException(
                        "the data in %s is in use by another broker: stop that one, or choose another directory"
                                .formatted(path));
            }
        } catch (IOException e) {
            throw new UserException(
                    "the broker cannot keep its data in %s (%s): choose another directory"
                            .formatted(path, FileReason.of(e)),
                    e);
        }
        return new BrokerDirectory(path, Optional.empty());
    }

    /// Bytes that can still be written there.
    long space() throws IOException {
        return Files.getFileStore(path).getUsableSpace();
    }

    /// A broker whose disk is full dies of a fault in a mapped file, without a sentence.
    static void requireSpace(Path path, long bytes) {
        if (bytes < LEAST_BYTES) {
            throw new UserException("the disk of %s has %d MB left; it must have %d MB or more"
                    .formatted(path, bytes / MEGABYTE, LEAST_BYTES / MEGABYTE));
        }
    }

    static boolean isFormatted(Path path) {
        return Files.exists(path.resolve(MARK));
    }

    /// Whether a broker has used the directory and was not stopped. Kafka writes a file when it stops, and deletes it
    /// when it starts.
    static boolean wasKilled(Path path) {
        return isFormatted(path) && !Files.exists(path.resolve(STOPPED));
    }

    /// Deletes the directory if it is temporary.
    void release() {
        temporary.ifPresent(TemporaryDirectory::close);
    }

    /// Asked before the start, for a server that finds its directory locked hangs when it is stopped.
    private static boolean isLocked(Path file) throws IOException {
        if (!Files.exists(file)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            return lock == null;
        } catch (OverlappingFileLockException e) {
            return true;
        }
    }

    private static boolean isEmpty(Path path) throws IOException {
        try (Stream<Path> files = Files.list(path)) {
            return files.findAny().isEmpty();
        }
    }
}
