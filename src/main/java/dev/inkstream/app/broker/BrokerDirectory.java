package dev.inkstream.app.broker;

import dev.inkstream.app.console.UserException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The directory of a broker's data, and whether it goes when the broker goes.
record BrokerDirectory(Path path, boolean temporary) {
    /// The file that makes a directory a broker's; written last when one is formatted.
    static final String MARK = "meta.properties";

    private static final String LOCK = ".lock";
    private static final String HALF_FORMATTED = "bootstrap.checkpoint";

    static BrokerDirectory fresh() {
        try {
            return new BrokerDirectory(Files.createTempDirectory("inkstream-broker-"), true);
        } catch (IOException e) {
            throw new UserException(
                    "no temporary directory for the broker can be made (%s): name one with --data"
                            .formatted(e.getMessage()),
                    e);
        }
    }

    /// A directory to keep: new, empty, or used by a broker before. Any other is refused, lest Kafka
    /// mix its files with those of somebody else.
    static BrokerDirectory kept(Path path) {
        try {
            Files.createDirectories(path);
            if (!isFormatted(path) && !Files.exists(path.resolve(HALF_FORMATTED)) && !isEmpty(path)) {
                throw new UserException(
                        "%s has files in it that are not a broker's: choose an empty directory".formatted(path));
            }
            if (isLocked(path.resolve(LOCK))) {
                throw new UserException(
                        "the data in %s is in use by another broker: stop that one, or choose another directory"
                                .formatted(path));
            }
        } catch (IOException e) {
            throw new UserException(
                    "the broker cannot keep its data in %s (%s): choose another directory".formatted(path, e), e);
        }
        return new BrokerDirectory(path, false);
    }

    static boolean isFormatted(Path path) {
        return Files.exists(path.resolve(MARK));
    }

    /// Deletes the directory if it is temporary.
    void release() {
        if (!temporary || !Files.exists(path)) {
            return;
        }
        try {
            Files.walkFileTree(path, new Deletion());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot delete " + path, e);
        }
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

    /// Deletes a tree; what vanishes on its own meanwhile is all right.
    private static final class Deletion extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw e;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e) throws IOException {
            if (e != null) {
                throw e;
            }
            Files.deleteIfExists(directory);
            return FileVisitResult.CONTINUE;
        }
    }
}
